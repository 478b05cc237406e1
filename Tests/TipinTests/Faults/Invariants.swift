import Foundation
import Tipin
import TipinAssets
import TipinDiagnostics
import TipinFiles
import TipinTestSupport

/// What must hold whenever a run ended, however it did (RELIABILITY 2: I1 to I5; what is outside is watched by
/// `Canary`).
struct Invariants {
    let book: TestBook
    /// The bytes that each document may have: the old ones or the new.
    let documents: [String: Set<[UInt8]>]
    /// Whether the catalog was damaged before the run began.
    var wasDamaged = false

    /// - Parameter mayLack: digests whose bytes were lost before the run began.
    func violations(mayLack: Set<String> = []) -> [String] {
        var found = documentViolations(mayLack)
        found += storedViolations(mayLack)
        do {
            found += try catalogViolations(mayLack)
        } catch CatalogError.damaged where wasDamaged {
            // As it was found.
        } catch {
            found.append("I4: \(error)")
        }
        return found
    }

    // I1 and I2
    private func documentViolations(_ mayLack: Set<String>) -> [String] {
        var found: [String] = []
        for (name, allowed) in documents {
            guard let bytes = read(name) else {
                if !allowed.contains([]) { found.append("I1: \(name) is gone") }
                continue
            }
            if !allowed.contains(bytes) || bytes.isEmpty {
                found.append("I1: \(name) is neither old nor new (\(bytes.count) bytes)")
            }
            let text = String(decoding: bytes, as: UTF8.self)
            for match in text.matches(of: /"sha256":\s*"([0-9a-f]{64})"/) where !mayLack.contains(String(match.1)) {
                let places = blobs(of: String(match.1))
                if places.isEmpty { found.append("I2: \(name) names \(match.1), and it has no file") }
            }
            // A published address leads somewhere.
            for match in text.matches(of: /https:\/\/cdn\.example\/books\/([^"]+)/) where read("cdn/" + match.1) == nil
            {
                found.append("I5: \(name) has \(match.0), and the remote has no such file")
            }
        }
        return found
    }

    /// Whatever has a digest for its name has the bytes.
    private func storedViolations(_ mayLack: Set<String>) -> [String] {
        var found: [String] = []
        for name in names(below: "data/books") where name.contains("/original.") {
            let digest = name.split(separator: "/").dropLast().last.map(String.init) ?? ""
            if !mayLack.contains(digest), read("data/books/" + name).map({ SHA256Digest(of: $0).description }) != digest
            {
                found.append("I3: \(name) has other bytes")
            }
        }
        var copies: Set<String> = []
        for name in names(below: "cdn") where !name.contains("/.") && name.contains("/") {
            let digest = String(name.split(separator: "/").last?.prefix { $0 != "." } ?? "")
            if read("cdn/" + name).map({ SHA256Digest(of: $0).description }) != digest {
                found.append("I5: the remote's \(name) has other bytes")
            }
            if !copies.insert(String(name.prefix { $0 != "." })).inserted { found.append("I5: two copies of \(name)") }
        }
        return found
    }

    // I3, I4 and I5
    private func catalogViolations(_ mayLack: Set<String>) throws -> [String] {
        let path = book.dataPath + "/catalog.sqlite"
        guard FileManager.default.fileExists(atPath: path) else { return [] }
        let catalog = try Catalog(path: path, mode: .readOnly)
        let health = try catalog.health()
        guard health.isWhole else { return ["I4: \(health.words)"] }
        return try catalog.read { reader in
            var found: [String] = []
            for asset in try reader.assets() where !mayLack.contains(asset.sha256.description) {
                if let path = asset.localPath, !isWhole(path, asset) {
                    found.append("I3: the row of \(asset.sha256) says \(path)")
                }
                for (_, path) in try reader.places(of: asset.id) {
                    if let path, !isWhole(book.dataPath + "/" + path, asset) {
                        found.append("I3: a book of \(asset.sha256) says \(path)")
                    }
                }
                for thumbnail in try reader.thumbnails(of: asset.id) where !isThere(thumbnail, asset) {
                    found.append("I3: no book has thumbnail \(thumbnail.size) of \(asset.sha256)")
                }
                for upload in try reader.uploads(of: asset.id) where upload.status == .uploaded {
                    if read("cdn/\(upload.key.bookID)/\(asset.sha256).\(asset.ext)") == nil {
                        found.append("I5: \(asset.sha256) is said to be uploaded")
                    }
                }
            }
            return found
        }
    }

    private func isWhole(_ path: String, _ asset: Asset) -> Bool {
        FileManager.default.contents(atPath: path).map { SHA256Digest(of: [UInt8]($0)) } == asset.sha256
    }

    private func isThere(_ thumbnail: Thumbnail, _ asset: Asset) -> Bool {
        names(below: "data/books").contains { name in
            name.hasSuffix("\(asset.sha256)/thumb_\(thumbnail.size).\(thumbnail.ext)")
                && read("data/books/" + name).map { SHA256Digest(of: $0) } == thumbnail.sha256
        }
    }

    private func blobs(of digest: String) -> [String] {
        names(below: "data/books").filter { $0.contains(digest + "/original.") }
    }

    private func names(below folder: String) -> [String] {
        (FileManager.default.enumerator(atPath: book.temporary.path + "/" + folder)?.allObjects as? [String] ?? [])
            .filter { Self.isRegular(book.temporary.path + "/" + folder + "/" + $0) }
    }

    private static func isRegular(_ path: String) -> Bool {
        let facts = try? FileManager.default.attributesOfItem(atPath: path)
        return facts?[.type] as? FileAttributeType == .typeRegular
    }

    private func read(_ name: some StringProtocol) -> [UInt8]? { try? book.temporary.read(String(name)) }
}
