extension BlockingThread {
    /// Runs a body that may fail on a thread of its own.
    package static func run<Value: Sendable>(throwing body: @escaping @Sendable () throws -> Value) async throws
        -> Value
    {
        try await run { Result(catching: body) }.get()
    }
}
