internal import TipinImageMessages

/// What a worker says of itself: the decoder's version and what holds it.
package struct WorkerHealth: Sendable, Equatable {
    /// Whether everything that can hold the decoder does.
    package var isConfined: Bool
    package var words: String

    init(_ report: WorkerReport) {
        func state(_ isOn: Bool) -> String { isOn ? "on" : "off" }
        let landlock = report.landlock > 0 ? "on (ABI \(report.landlock))" : "off"
        isConfined = report.limits && report.noNewPrivileges && report.landlock > 0 && report.seccomp
        words =
            "libvips \(report.vipsVersion), limits \(state(report.limits)), "
            + "no-new-privileges \(state(report.noNewPrivileges)), Landlock \(landlock), "
            + "seccomp \(state(report.seccomp))"
    }
}

extension ImageWorker {
    /// Starts a worker, asks what it is, and ends it.
    /// - Throws: `ImageError.workerFailed`.
    package static func health(path: String) throws -> WorkerHealth { WorkerHealth(try report(path: path)) }
}
