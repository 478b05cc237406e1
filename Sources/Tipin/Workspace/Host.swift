package import TipinAssets
package import TipinFiles

/// What the machine and its user give to a run; the library asks nobody else.
package struct Host: Sendable {
    /// Absolute.
    package var workingFolder: String
    /// Of the remote's API.
    package var token: String?
    /// Absolute path of `tipin-image`; `nil` where no picture can be looked at.
    package var imageWorker: String?
    /// What one picture may cost the image worker.
    package var imageLimits = ImageLimits()
    /// Files and folders of a `folder:` remote lose these permission bits.
    package var umask: UInt32
    /// Documents at a time.
    package var jobs: Int
    /// Pictures that are read beside one another: enough for hosts, the disk and the image worker.
    package var picturesAtATime = 4
    package var clock: WallClock
    /// Waits before something is tried again; ends early with an error when the task is cancelled.
    package var pause: @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
    /// Asked before every call that changes a file; only tests have one.
    package var failpoint: Failpoint?

    package init(
        workingFolder: String, token: String? = nil, imageWorker: String? = nil, umask: UInt32 = 0o022, jobs: Int = 2,
        clock: WallClock = .system
    ) {
        self.workingFolder = workingFolder
        self.token = token
        self.imageWorker = imageWorker
        self.umask = umask
        self.jobs = max(1, jobs)
        self.clock = clock
    }
}
