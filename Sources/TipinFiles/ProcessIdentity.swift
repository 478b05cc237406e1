internal import Glibc

/// Which process this is, in words that another process can check: temporary files and leases carry it.
package struct ProcessIdentity: Sendable, Equatable {
    /// `boot.namespace.pid.start`: numbers are used again, and mean nothing after a restart or in another container.
    package let text: String

    package static let current = ProcessIdentity(text: "\(machine).\(getpid()).\(startTime(of: getpid()) ?? "0")")

    /// Whether the process certainly runs no more. One of another boot or container may be another machine's.
    package static func isGone(_ text: String) -> Bool {
        let parts = text.split(separator: ".")
        guard parts.count == 4, parts[0] + "." + parts[1] == machine, let number = Int32(parts[2]) else { return false }
        if let start = startTime(of: number) { return start != String(parts[3]) }
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

    /// Field 22 of `/proc/<pid>/stat`; the second is the program's name and may hold anything.
    private static func startTime(of number: Int32) -> String? {
        guard let line = content(of: "stat", in: "/proc/\(number)"), let name = line.lastIndex(of: ")") else {
            return nil
        }
        let fields = line[line.index(after: name)...].split(separator: " ")
        return fields.count > 19 ? String(fields[19]) : nil
    }

    private static func content(of name: String, in folder: String) -> String? {
        guard let folder = try? Folder(opening: folder), let file = try? folder.openFile(name),
            let bytes = try? file.readAll(limit: 1 << 16)
        else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }
}
