internal import TipinDiagnostics
internal import TipinFiles

/// Why a file and its manifest file were not changed as they should be.
struct WriteFailure: Error, Sendable, Equatable {
    var problem: Problem
    /// Whether something of the change stands all the same: then the journal must go on leading back from it.
    var leavesChange = false

    init(_ problem: Problem) { self.problem = problem }

    init(_ failure: DocumentWriter.Failure) {
        problem = failure.problem
        leavesChange = failure.leavesChange
    }
}
