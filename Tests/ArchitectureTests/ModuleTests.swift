import Foundation
import Testing
import TipinTestSupport

/// Who may import whom (the line of modules in the README and Package.swift).
struct ModuleTests {
    static let line = [
        "TipinDiagnostics", "TipinFiles", "TipinJSON", "TipinDocument", "TipinAssets", "TipinSync", "Tipin",
        "TipinCommand",
    ]
    /// Besides what stands to the left: system libraries, packages, and the messages of the image worker.
    static let others: [String: Set<String>] = [
        "TipinDiagnostics": [],
        "TipinFiles": ["CLinux"],
        "TipinJSON": ["CYajl"],
        "TipinDocument": [],
        "TipinImageMessages": [],
        "TipinAssets": ["GRDB", "GRDBSQLite", "Crypto", "TipinImageMessages", "CLinux", "CZlib"],
        "TipinSync": ["CCurl", "Crypto"],
        "Tipin": [],
        "TipinCommand": ["ArgumentParser"],
        "TipinImageWorker": ["CVips", "CLinux", "TipinImageMessages"],
    ]
    static let platform: Set<String> = ["Foundation", "Glibc", "Synchronization", "Dispatch"]

    @Test(arguments: others.keys.sorted())
    func `a module imports only what stands to its left`(module: String) throws {
        let left = Self.line.firstIndex(of: module).map { Set(Self.line[..<$0]) } ?? []
        let allowed = left.union(Self.others[module] ?? []).union(Self.platform)
        for file in Checkout.files(below: "Sources/\(module)", ending: ".swift") {
            for imported in try Self.imports(of: file) where !allowed.contains(imported) {
                Issue.record("\(file) imports \(imported)")
            }
        }
    }

    @Test func `every module of ours has a row`() throws {
        let folders = try FileManager.default.contentsOfDirectory(atPath: Checkout.path("Sources"))
        #expect(Set(folders.filter { $0.hasPrefix("Tipin") }) == Set(Self.others.keys))
    }

    private static func imports(of file: String) throws -> [String] {
        try Checkout.text(file).split(separator: "\n").compactMap { line in
            let words = line.split(separator: " ")
            guard let place = words.firstIndex(of: "import"), place < 3, words.count > place + 1,
                !line.hasPrefix("//"), !line.hasPrefix(" ")
            else { return nil }
            let kinds: Set<Substring> = ["struct", "enum", "class", "protocol", "func", "typealias"]
            let name = kinds.contains(words[place + 1]) ? words[place + 2] : words[place + 1]
            return String(name.split(separator: ".")[0])
        }
    }
}
