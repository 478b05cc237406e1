internal import Foundation
package import TipinFiles

/// A folder of a test's own, removed with everything in it when the value ends.
package final class TemporaryFolder: Sendable {
    package let path: String
    private let isOwned: Bool

    /// Another process's folder, which that one removes.
    package init(of path: String) {
        self.path = path
        isOwned = false
    }

    package init() throws {
        isOwned = true
        _ = Self.sweep
        let number = String(UInt64.random(in: .min ... .max), radix: 16)
        let url = FileManager.default.temporaryDirectory
            .appendingPathComponent("\(Self.prefix)\(Self.maker)-\(number)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        path = url.resolvingSymlinksInPath().path
    }

    deinit { if isOwned { try? FileManager.default.removeItem(atPath: path) } }

    /// What a name begins with; the process that made the folder follows.
    private static let prefix = "tipin-test-"
    /// This process as names say it. Not in its own words: tests that let somebody else have made a file replace those
    /// wherever they stand, also in a path.
    package static let maker = ProcessIdentity.current.text.replacing(".", with: "_")
    /// Done once, before the first folder is made.
    private static let sweep: Void = removeLeftovers(in: FileManager.default.temporaryDirectory.path)

    /// Removes the folders of test processes that were killed and could not do it themselves.
    package static func removeLeftovers(in parent: String) {
        for name in (try? FileManager.default.contentsOfDirectory(atPath: parent)) ?? [] where name.hasPrefix(prefix) {
            let maker = name.dropFirst(prefix.count).prefix { $0 != "-" }
            if ProcessIdentity.isGone(String(maker).replacing("_", with: ".")) {
                try? FileManager.default.removeItem(atPath: parent + "/" + name)
            }
        }
    }

    package func folder(failpoint: Failpoint? = nil) throws -> Folder {
        try Folder(opening: path, failpoint: failpoint)
    }

    /// Writes a file below the folder, making the folders on its way.
    @discardableResult
    package func write(_ bytes: some Sequence<UInt8>, to name: String) throws -> String {
        let file = path + "/" + name
        try FileManager.default.createDirectory(
            atPath: (file as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
        try Data(bytes).write(to: URL(fileURLWithPath: file))
        return file
    }

    @discardableResult
    package func write(_ text: String, to name: String) throws -> String { try write(text.utf8, to: name) }

    /// Copies a program, or writes one out of a text.
    ///
    /// A process of its own does it: the descriptor that writes, inherited by a child that another test starts in that
    /// moment, would keep the program from being started (ETXTBSY).
    @discardableResult
    package func writeProgram(_ text: String, to name: String) throws -> String {
        try copyProgram(write(text, to: name + ".source"), to: name)
    }

    @discardableResult
    package func copyProgram(_ source: String, to name: String) throws -> String {
        let target = path + "/" + name
        let status = try ChildProcess("/usr/bin/install", ["-D", "-m", "755", source, target]).run()
        guard status == 0 else { throw CocoaError(.fileWriteUnknown) }
        return target
    }

    package func read(_ name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(fileURLWithPath: path + "/" + name)))
    }
}
