import Foundation
import Testing
import TipinTestSupport

/// Where one test works: a folder to run the command in and a home of its own, both empty at first.
struct Desk: Sendable {
    private let temporary: TemporaryFolder
    /// Paths in transcripts and in the functions below are relative to it.
    let path: String
    private let home: String

    init() throws {
        temporary = try TemporaryFolder()
        path = temporary.path + "/work"
        home = temporary.path + "/home"
        for folder in [path, home + "/data"] {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        }
    }

    // The command

    /// Runs `tipin` with nothing of the tester's environment but where programs are.
    @discardableResult
    func tipin(_ arguments: String..., variables: [String: String] = [:]) async throws -> Invocation {
        try await tipin(arguments, variables: variables)
    }

    /// - Parameters:
    ///   - device: takes standard output.
    ///   - started: is told the process's id.
    func tipin(
        _ arguments: [String], variables: [String: String] = [:], input: String? = nil, output device: String? = nil,
        started: @escaping @Sendable (Int32) -> Void = { _ in }
    ) async throws -> Invocation {
        var environment = environment
        environment.merge(variables) { _, given in given }
        return try await Program.run(
            Checkout.products + "/tipin", arguments, in: path, environment: environment, input: input,
            output: device, started: started)
    }

    /// Nothing of the tester's but where programs are.
    var environment: [String: String] {
        ["HOME": home, "XDG_DATA_HOME": home + "/data", "LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"]
    }

    /// The platform's data folder of this desk.
    var dataFolder: String { home + "/data/tipin" }

    // Files

    @discardableResult
    func write(_ text: String, to name: String) throws -> String { try write(text.utf8, to: name) }

    @discardableResult
    func write(_ bytes: some Sequence<UInt8>, to name: String) throws -> String {
        try temporary.write(bytes, to: "work/" + name)
    }

    func read(_ name: String) throws -> [UInt8] { try temporary.read("work/" + name) }

    func text(_ name: String) throws -> String { String(decoding: try read(name), as: UTF8.self) }

    /// Copies a file or folder of the checkout's fixtures, without what a run by hand left in it.
    func copyFixture(_ fixture: String, to name: String) throws {
        let target = path(name)
        let parent = URL(fileURLWithPath: target).deletingLastPathComponent()
        try FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true)
        try FileManager.default.copyItem(atPath: Checkout.path("Fixtures/" + fixture), toPath: target)
        if FileManager.default.fileExists(atPath: target + "/.tipin") {
            try FileManager.default.removeItem(atPath: target + "/.tipin")
        }
    }

    /// Copies a picture of the demo book.
    func copyPicture(_ picture: String, to name: String) throws {
        try copyFixture("demo-book/media/" + picture, to: name)
    }

    func copyProgram(_ source: String, to name: String) throws -> String {
        try temporary.copyProgram(source, to: "work/" + name)
    }

    func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: path(name)) }

    func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path(name)) }

    func path(_ name: String) -> String { path + "/" + name }

    /// Every file below a folder and its bytes; a link's "bytes" are where it leads.
    func contents(of name: String = ".") throws -> [String: [UInt8]] {
        let folder = path(name)
        var contents: [String: [UInt8]] = [:]
        for case let file as String in FileManager.default.enumerator(atPath: folder) ?? .init() {
            let place = folder + "/" + file
            let type = try FileManager.default.attributesOfItem(atPath: place)[.type] as? FileAttributeType
            if type == .typeSymbolicLink {
                contents[file] = Array(try FileManager.default.destinationOfSymbolicLink(atPath: place).utf8)
            } else if type == .typeRegular {
                contents[file] = [UInt8](try Data(contentsOf: URL(fileURLWithPath: place)))
            }
        }
        return contents
    }

    /// A text without what differs from run to run: this desk's folders and times.
    func masked(_ text: String) -> String {
        text.replacing(path, with: "<folder>").replacing(home, with: "<home>")
            .replacing(temporary.path, with: "<above>")
            .replacing(/\d{8}-\d{9}-[0-9a-f]{4}/, with: "<run>")
            .replacing(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/, with: "<time>")
    }
}
