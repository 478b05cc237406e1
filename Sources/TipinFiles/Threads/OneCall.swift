internal import Synchronization

/// A call that is made once on another thread, which lets go of all that the call holds before it tells its caller: a
/// lock that only the call still held would otherwise stay for a moment after the caller went on.
final class OneCall<Value>: Sendable {
    private let body: Mutex<(@Sendable () -> Value)?>

    init(_ body: @escaping @Sendable () -> Value) { self.body = Mutex(body) }

    /// - Precondition: it was not made before.
    // Not inlined, so that the body is released when this returns and not later.
    @inline(never)
    func make() -> Value {
        let body = body.withLock { body in
            defer { body = nil }
            return body
        }
        return body!()
    }
}
