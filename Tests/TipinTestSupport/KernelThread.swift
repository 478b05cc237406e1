internal import Foundation

/// A thread of this process, as the kernel tells of it.
package struct KernelThread: Hashable, Sendable {
    private let folder: String
    /// In clock ticks since the machine started: once a thread has ended, another may be given its number.
    private let start: Substring

    /// The one that asks.
    package static var current: KernelThread? {
        let link = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/thread-self")
        guard let folder = link.map({ "/proc/" + $0 }), let start = Status(folder)?.start else { return nil }
        return KernelThread(folder: folder, start: start)
    }

    package var hasEnded: Bool { Status(folder)?.start != start }

    /// Whether it waits, be it for a time or for somebody.
    package var isAsleep: Bool {
        guard let status = Status(folder) else { return false }
        return status.start == start && status.state == "S"
    }

    /// Two fields of `stat` (proc(5)).
    private struct Status {
        var state: Substring
        var start: Substring

        /// - Returns: `nil` where there is no such thread.
        init?(_ folder: String) {
            guard let bytes = FileManager.default.contents(atPath: folder + "/stat") else { return nil }
            let text = String(decoding: bytes, as: UTF8.self)
            // The second field is the name, in parentheses, and may hold anything.
            guard let name = text.lastIndex(of: ")") else { return nil }
            let fields = text[name...].split(separator: " ").dropFirst()
            guard fields.count >= 20 else { return nil }
            let third = fields.startIndex
            (state, start) = (fields[third], fields[third + 19])
        }
    }
}
