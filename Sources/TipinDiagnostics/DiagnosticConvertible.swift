/// An error that knows how it is said. The words stand in `<Error>+Diagnostic.swift` beside the error.
package protocol DiagnosticConvertible: Error {
    var problem: Problem { get }
}
