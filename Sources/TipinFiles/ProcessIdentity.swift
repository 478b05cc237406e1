internal import Glibc

/// Which process this is, in words that another process can check: temporary files and leases carry it.
package struct ProcessIdentity: Sendable, Equatable {
    /// `boot.namespace.pid.start`: numbers are used again, and mean nothing after a restart or in another container.
    package let text: String

    package static let current = ProcessIdentity(
        text: "\(machine).\(getpid()).\(Status(of: getpid())?.startTime ?? "0")")

    /// Whether the process certainly runs no more, also where nobody has waited for it yet: a container may have
    /// nobody who ever does. One of another boot or container may be another machine's.
    package static func isGone(_ text: String) -> Bool {
        let parts = text.split(separator: ".")
        guard parts.count == 4, parts[0] + "." + parts[1] == machine, let number = Int32(parts[2]) else { return false }
        if let status = Status(of: number) { return status.isOver || status.startTime != parts[3] }
        // What cannot be looked at may run all the same: another user's, or there is no descriptor left to look with.
        return kill(number, 0) != 0 && errno == ESRCH
    }

    private static let machine: String = {
        let id = content(of: "boot_id", in: "/proc/sys/kernel/random") ?? "0"
        let boot = id.filter(\.isHexDigit).prefix(12)
        var status = stat()
        let namespace = stat("/proc/self/ns/pid", &status) == 0 ? status.st_ino : 0
        return "\(boot).\(namespace)"
    }()

    /// What `/proc/<pid>/stat` says (proc(5)).
    private struct Status {
        /// In clock ticks since the system booted.
        let startTime: Substring
        /// Whether the last of its threads has ended: where only the first has, it is a zombie and works on.
        let isOver: Bool

        init?(of number: Int32) {
            // The second field is the program's name and may hold anything.
            guard let line = ProcessIdentity.content(of: "stat", in: "/proc/\(number)"),
                let name = line.lastIndex(of: ")")
            else { return nil }
            let fields = line[line.index(after: name)...].split(separator: " ")
            guard fields.count > 19 else { return nil }
            startTime = fields[19]
            isOver = ["Z", "X", "x"].contains(fields[0]) && (Int(fields[17]) ?? 0) <= 1
        }
    }

    private static func content(of name: String, in folder: String) -> String? {
        guard let folder = try? Folder(opening: folder), let file = try? folder.openFile(name),
            let bytes = try? file.readAll(limit: 1 << 16)
        else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }
}
