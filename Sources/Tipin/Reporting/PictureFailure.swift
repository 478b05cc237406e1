internal import TipinDiagnostics

/// Why one picture was not taken in, found or sent; it says nothing of the others.
struct PictureFailure: Error, DiagnosticConvertible {
    let problem: Problem
}
