extension DocumentWriter {
    /// Changes files that belong together, a document and its manifest file, in this order.
    ///
    /// Where one of them cannot be changed, those before it get back what they had: a document that was not done has
    /// the manifest file that it had. Who changed one of them meanwhile keeps the change.
    package func carryOut(_ steps: [DocumentStep]) throws(Failure) {
        var done: [DocumentStep] = []
        for step in steps where step.isChange {
            do throws(Failure) {
                try carryOut(step)
            } catch {
                for step in done.reversed() { try? carryOut(step.inverted) }
                throw error
            }
            done.append(step)
        }
    }

    private func carryOut(_ step: DocumentStep) throws(Failure) {
        if let bytes = step.after {
            try replace(step.path, step.before, with: bytes)
        } else if let bytes = step.before {
            try remove(step.path) { $0 == bytes }
        }
    }
}
