internal import TipinDiagnostics

extension RewriteRun {
    /// Takes a file of many lines through the stages piece by piece.
    ///
    /// It is written whole or not at all, and waits as a whole: then what was found is told when it comes again, but
    /// the links that were made are recorded.
    func rewriteLines(
        of file: DocumentFile, _ pipeline: DocumentPipeline, mayWait: Bool, _ report: inout RunReport,
        _ recording: Recording
    ) async throws -> DocumentPipeline.Result {
        var own = RunReport(command: report.command)
        var sum = RewrittenFile(LoadedFile(file: file, bytes: [], status: nil))
        var result = DocumentPipeline.Result()
        var pieces = LinePieces(file, collect)
        let target = LineTarget(file, workspace, options, recording)
        while let piece = try pieces.next() {
            try Task.checkCancellation()
            let part = try await pipeline.rewrite([piece], mayWait: mayWait, &own)
            result.openMentions += part.openMentions
            if !part.waiting.isEmpty { result.waiting = [file] }
            for outcome in part.outcomes {
                sum.doneDocuments += outcome.rewritten.doneDocuments
                sum.changedDocuments += outcome.rewritten.changedDocuments
                sum.changedMentions += outcome.rewritten.changedMentions
                if result.waiting.isEmpty {
                    try await target.add(outcome)
                } else {
                    try await target.recordLinks(of: outcome)
                }
            }
        }
        guard result.waiting.isEmpty else { return result }
        if !pieces.isBroken {
            let outcome = try await target.finish()
            add(sum, outcome, replacesOlder: target.replacesOlder, &own)
            // Of a file that was not written nothing was removed after all.
            if case .failed(let failure) = outcome, !failure.leavesChange {
                own.diagnostics.removeAll { $0.code == .srcRemoved }
            }
        }
        report.add(own)
        return result
    }
}
