import Foundation
import TipinAssets
import TipinDiagnostics
import TipinFiles
import TipinTestSupport

/// A tree beside a book that nobody may touch (RELIABILITY I6).
struct Canary {
    let path: String
    private let before: [String: String]

    init(_ book: TestBook) throws {
        path = book.temporary.path + "/outside"
        for name in ["original.png", "files/a/original.png", "catalog.sqlite", "plain.txt", "import.lock"] {
            try book.temporary.write("I live outside, as \(name)", to: "outside/" + name)
        }
        before = Self.look(path)
    }

    /// What is other than it was.
    var changes: [String] {
        let now = Self.look(path)
        return Set(before.keys).union(now.keys).filter { before[$0] != now[$0] }.sorted()
    }

    private static func look(_ path: String) -> [String: String] {
        var files: [String: String] = [:]
        let names = FileManager.default.enumerator(atPath: path)?.allObjects as? [String] ?? []
        for name in names + ["."] {
            let facts = (try? FileManager.default.attributesOfItem(atPath: path + "/" + name)) ?? [:]
            let bytes = FileManager.default.contents(atPath: path + "/" + name).map { SHA256Digest(of: [UInt8]($0)) }
            let time = (facts[.modificationDate] as? Date)?.timeIntervalSince1970 ?? 0
            files[name] =
                "\(facts[.posixPermissions] ?? 0) \(facts[.systemFileNumber] ?? 0) \(time) \(bytes.map(\.description) ?? "")"
                + " \(facts[.referenceCount] ?? 0)"
        }
        return files
    }
}
