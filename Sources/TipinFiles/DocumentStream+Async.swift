extension DocumentStream {
    /// `finish` without blocking the caller's thread.
    package func finishAsync(
        over original: StandingBytes?, as new: StandingBytes? = nil
    ) async throws(DocumentWriter.Failure) {
        try await BlockingThread.run { () -> Result<Void, DocumentWriter.Failure> in
            do throws(DocumentWriter.Failure) {
                return .success(try self.finish(over: original, as: new))
            } catch {
                return .failure(error)
            }
        }.get()
    }
}
