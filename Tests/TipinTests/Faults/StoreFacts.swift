import Foundation
import Tipin
import TipinAssets
import TipinDiagnostics
import TipinDocument
import TipinFiles
import TipinTestSupport

/// All that matters of a book, its store and its remote, without times and random names: two runs that ended well have
/// the same.
struct StoreFacts: Equatable, CustomStringConvertible {
    private(set) var lines: [String] = []

    var description: String { lines.joined(separator: "\n") }

    /// - Parameter ignoresQuarantine: whether a copy in quarantine is as good as none.
    init(_ book: TestBook, ignoresQuarantine: Bool = false) throws {
        let root = book.temporary.path
        for case let name as String in FileManager.default.enumerator(atPath: root) ?? .init() {
            guard !Self.isPassing(name), !(ignoresQuarantine && name.hasPrefix("data/removed/")) else { continue }
            let path = root + "/" + name
            let facts = (try? FileManager.default.attributesOfItem(atPath: path)) ?? [:]
            guard facts[.type] as? FileAttributeType == .typeRegular else { continue }
            let digest = SHA256Digest(of: FileManager.default.contents(atPath: path).map { [UInt8]($0) } ?? [])
            let mode = name.hasPrefix("data/books") ? " \(facts[.posixPermissions] ?? 0)" : ""
            lines.append("\(Self.withoutTime(name)) \(digest)\(mode)")
        }
        try addCatalog(book)
        // What was damaged may be kept twice.
        lines = Set(lines).sorted()
    }

    /// What differs between runs that both ended well.
    private static func isPassing(_ name: String) -> Bool {
        name.hasPrefix("data/catalog.sqlite") || name.hasPrefix("data/runs") || name.hasSuffix(".lock")
    }

    private static func withoutTime(_ name: String) -> String {
        name.hasPrefix("data/bad/") ? String(name.prefix(9 + 64)) : name
    }

    private mutating func addCatalog(_ book: TestBook) throws {
        guard FileManager.default.fileExists(atPath: book.dataPath + "/catalog.sqlite") else { return }
        let catalog = try Catalog(path: book.dataPath + "/catalog.sqlite", mode: .readOnly)
        lines += try catalog.read { reader in
            var lines: [String] = []
            for asset in try reader.assets() {
                let isHere = asset.localPath == nil ? "elsewhere" : "here"
                lines.append(
                    "row \(asset.id) \(asset.sha256) \(asset.ext) \(asset.mime) \(asset.size) \(asset.status) \(isHere)"
                        + " \(asset.width ?? 0) \(asset.remoteURL ?? "")")
                lines += try reader.thumbnails(of: asset.id).map { "thumbnail \(asset.id) \($0)" }
                lines += try reader.places(of: asset.id).map { "place \(asset.id) \($0.book) \($0.path ?? "none")" }
                lines += try reader.uploads(of: asset.id).map {
                    "upload \(asset.id) \($0.key.bookID) \($0.status) \($0.remoteURL ?? "")"
                }
                for link in try reader.links(toAsset: asset.id) {
                    let marks = try reader.marks(of: link.id).map(\.document)
                    lines.append("link \(asset.id) \(link.entity) \(link.role) \(link.sortOrder) \(marks)")
                }
            }
            return lines
        }
    }

    /// What one has and the other has not, for a message.
    func difference(to other: StoreFacts) -> String {
        let missing = lines.filter { !other.lines.contains($0) }.map { "- \($0)" }
        let added = other.lines.filter { !lines.contains($0) }.map { "+ \($0)" }
        return (missing + added).joined(separator: "\n")
    }
}
