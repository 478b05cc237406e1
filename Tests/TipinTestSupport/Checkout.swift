import Foundation

/// The checkout that the tests were built from.
package enum Checkout {
    /// Absolute, without a final slash.
    package static let path: String = {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().path
    }()

    package static func path(_ relative: String) -> String { path + "/" + relative }

    package static func text(_ relative: String) throws -> String {
        try String(contentsOfFile: path(relative), encoding: .utf8)
    }

    /// The files below a folder with an ending, relative to the checkout, sorted.
    package static func files(below folder: String, ending: String) -> [String] {
        let all = FileManager.default.enumerator(atPath: path(folder))?.compactMap { $0 as? String } ?? []
        return all.filter { $0.hasSuffix(ending) }.map { folder + "/" + $0 }.sorted()
    }

    /// The folder of the built executables, in which the running tests lie too.
    package static let products: String = {
        let executable = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        return URL(fileURLWithPath: executable).deletingLastPathComponent().path
    }()
}
