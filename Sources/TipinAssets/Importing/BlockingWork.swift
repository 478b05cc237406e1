internal import Foundation

/// Runs calls that wait for the disk on threads of their own, so that they never hold up the cooperative pool.
enum BlockingWork {
    private static let queue = DispatchQueue(label: "tipin.assets", attributes: .concurrent)

    static func run<T: Sendable>(_ body: @escaping @Sendable () throws -> T) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result(catching: body)) }
        }
    }
}
