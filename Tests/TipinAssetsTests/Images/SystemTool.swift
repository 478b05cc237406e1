import Foundation
import TipinAssets
import TipinTestSupport

/// A program of the machine that a test compares with; tests that need a missing one are skipped.
enum SystemTool {
    static func path(of name: String) -> String? {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        return folders.map { "\($0)/\(name)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    static func exists(_ names: String...) -> Bool { names.allSatisfy { path(of: $0) != nil } }

    /// Whether the compiler can be given the headers of libvips.
    static var hasVipsHeaders: Bool {
        exists("clang", "pkg-config") && (try? run("pkg-config", ["--exists", "vips"]))?.status == 0
    }

    static func run(_ name: String, _ arguments: [String]) throws -> (status: Int32, output: String) {
        guard let path = path(of: name) else { throw CocoaError(.fileNoSuchFile) }
        let temporary = try TemporaryFolder()
        let file = temporary.path + "/output"
        var process = ChildProcess(path, arguments)
        (process.output, process.errors) = (file, file)
        let status = try process.run()
        return (status, String(decoding: try temporary.read("output"), as: UTF8.self))
    }

    /// The worker, which is built beside the tests.
    static var worker: String {
        let tests = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        return tests.deletingLastPathComponent().appendingPathComponent("tipin-image").path
    }

    /// The worker with time enough on a machine that has much else to do: how long it takes is a subject of few tests.
    static func imageWorker(slots: Int = 2) -> ImageWorker {
        ImageWorker(path: worker, slots: slots, limits: patience)
    }

    static let patience = ImageLimits(wallTime: .seconds(180))

    /// A file of the package, found from a test's own file.
    static func source(_ path: String) -> String {
        let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        return tests.appendingPathComponent("../../../\(path)").standardizedFileURL.path
    }
}
