internal import TipinImageMessages

/// What a worker says of itself: the decoder's version and what holds it.
package struct WorkerHealth: Sendable, Equatable {
    /// Whether everything that can hold the decoder does.
    package var isConfined: Bool
    /// Whether libvips is recent enough to make thumbnails.
    package var isCurrent: Bool
    package var words: String

    init(_ report: WorkerReport) {
        func state(_ isOn: Bool) -> String { isOn ? "on" : "off" }
        let landlock = report.landlock > 0 ? "on (ABI \(report.landlock))" : "off"
        isConfined = report.limits && report.noNewPrivileges && report.landlock > 0 && report.seccomp
        isCurrent = report.canMakeThumbnails
        words =
            "libvips \(report.vipsVersion), limits \(state(report.limits)), "
            + "no-new-privileges \(state(report.noNewPrivileges)), Landlock \(landlock), "
            + "seccomp \(state(report.seccomp))\(isCurrent ? "" : ", too old for thumbnails")"
    }
}

extension WorkerReport {
    /// Whether libvips is 8.13 or newer: older ones cannot be told which loaders they may use.
    var canMakeThumbnails: Bool {
        let parts = vipsVersion.split(separator: ".").prefix(2).compactMap { Int($0) }
        return parts.count == 2 && (parts[0], parts[1]) >= (8, 13)
    }
}

extension ImageWorker {
    /// Starts a worker, asks what it is, and ends it.
    /// - Throws: `ImageError.workerFailed`.
    package static func health(path: String) throws -> WorkerHealth { WorkerHealth(try report(path: path)) }
}
