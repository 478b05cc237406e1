import Glibc
import Tipin
import TipinDiagnostics
import TipinFiles

/// The only place that asks the process's surroundings.
enum Environment {
    static func variable(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// `nil` where nobody can tell: it was removed, or lies out of reach.
    private static let knownWorkingFolder: String? = {
        guard let path = getcwd(nil, 0) else { return nil }
        defer { free(path) }
        let text = String(cString: path)
        return text.hasPrefix("/") ? text : nil
    }()

    static var hasWorkingFolder: Bool { knownWorkingFolder != nil }

    /// Asked before a command does anything: without it a relative path would mean some other file.
    static func requireWorkingFolder() throws {
        guard !hasWorkingFolder else { return }
        throw RunError.usage(
            Problem(
                .usage, "working folder cannot be told", notes: ["it was removed, or lies out of reach"],
                help: ["change to a folder that exists, then run the command again"]))
    }

    /// `--output="$folder"` with nothing in it would take the next word, a PATH perhaps, for the value.
    static func requireValues() throws {
        let words = CommandLine.arguments.dropFirst().prefix { $0 != "--" }
        guard let flag = words.first(where: { $0.wholeMatch(of: /--[^=]+=/) != nil }) else { return }
        throw RunError.usage(
            Problem(
                .usage, "flag has no value", notes: ["'\(Redaction.printable(flag))'"],
                help: ["write the value after the equals sign, or leave the flag out"]))
    }

    /// Absolute; no command gets as far as asking where it is not known.
    static var workingFolder: String {
        guard let knownWorkingFolder else { preconditionFailure("the working folder is required first") }
        return knownWorkingFolder
    }

    /// Whether the command that is run is one that changes documents.
    static var changesDocuments: Bool {
        let commands: Set = ["migrate", "sync", "resolve", "publish", "apply", "undo"]
        let words = CommandLine.arguments.dropFirst().drop { $0 == "help" }
        return words.first.map(commands.contains) ?? false
    }

    static var dataFolder: String? { variable("TIPIN_DATA_DIR") }

    /// The platform's folder for applications' data (XDG Base Directory Specification).
    static var platformDataFolder: String? {
        if let folder = variable("XDG_DATA_HOME"), folder.hasPrefix("/") { return folder + "/tipin" }
        return variable("HOME").map { $0 + "/.local/share/tipin" }
    }

    static func absolute(_ path: String) -> String {
        path.hasPrefix("/") ? path : workingFolder + "/" + path
    }

    static func host(jobs: Int?) -> Host {
        let mask = umask(0)
        umask(mask)
        // The owner's own bits stay: who makes a file or a folder must be able to use it.
        let others = UInt32(mask) & 0o077
        return Host(
            workingFolder: workingFolder, token: variable("TIPIN_TOKEN"), imageWorker: imageWorker,
            umask: others, jobs: jobs ?? max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))))
    }

    /// Stands beside the command.
    static var imageWorker: String? {
        var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
        let count = readlink("/proc/self/exe", &buffer, buffer.count)
        guard count > 0 else { return nil }
        let executable = String(decoding: buffer[..<count], as: UTF8.self)
        let folder = executable[..<(executable.lastIndex(of: "/") ?? executable.startIndex)]
        return folder + "/tipin-image"
    }

    /// Escape sequences on a terminal only, and never where NO_COLOR asks for none.
    static func isColored(_ descriptor: Int32) -> Bool {
        isatty(descriptor) == 1 && variable("NO_COLOR") == nil && variable("TERM") != "dumb"
    }
}
