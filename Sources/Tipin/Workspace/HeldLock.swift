internal import TipinFiles

/// A lock that several copies of a value share; released with the last.
final class HeldLock: Sendable {
    private let lock: FileLock

    init(_ lock: consuming FileLock) { self.lock = lock }
}
