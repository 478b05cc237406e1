import Tipin
import TipinAssets
import TipinDiagnostics
import TipinDocument

/// Assets as a person reads them.
enum AssetText {
    /// - Parameter entity: whose assets are listed: of these links the place is told.
    static func line(_ entry: AssetCatalog.Entry, of entity: Entity?) -> String {
        let asset = entry.asset
        let links = entry.links.map { link in
            let words = "\(link.role) of \(link.entity.type.rawValue) \(Redaction.printable(link.entity.id))"
            return link.entity == entity ? words + " (place \(link.sortOrder))" : words
        }
        let columns = [asset.id, asset.status.rawValue, asset.mime, size(asset), links.joined(separator: ", ")]
        return columns.filter { !$0.isEmpty }.joined(separator: "  ") + "\n"
    }

    static func details(_ entry: AssetCatalog.Entry) -> String {
        let asset = entry.asset
        var rows: [(String, String)] = [
            ("id", asset.id), ("sha256", asset.sha256.description), ("type", asset.mime), ("size", size(asset)),
            ("status", asset.status.rawValue), ("bytes", entry.blobPath ?? "not here"),
            ("books", entry.books.joined(separator: ", ")),
        ]
        rows += entry.uploads.map { upload in
            let place = upload.remoteURL.map { Redaction.redacted($0) } ?? upload.lastError ?? ""
            return ("remote", "\(upload.status.rawValue) for \(upload.key.bookID) at \(upload.key.remote)  \(place)")
        }
        // An app's row that has no line of ours.
        if entry.uploads.isEmpty, let url = asset.remoteURL { rows.append(("remote", Redaction.redacted(url))) }
        rows += entry.sourceURLs.map { ("source", Redaction.redacted($0)) }
        rows += entry.links.map { ("link", link($0, madeBy: entry.marks[$0.id] ?? [])) }
        return rows.map { name, value in
            "\(name)\(String(repeating: " ", count: 8 - name.count))\(value)\n"
        }.joined()
    }

    private static func link(_ link: AssetLink, madeBy documents: [String]) -> String {
        var words = ["\(link.role) of \(link.entity.type.rawValue) \(Redaction.printable(link.entity.id))"]
        if link.sortOrder != 0 { words.append("place \(link.sortOrder)") }
        if !link.tags.isEmpty { words.append("tags \(Redaction.printable(link.tags.joined(separator: ",")))") }
        if let description = link.description { words.append("'\(Redaction.printable(description))'") }
        if !documents.isEmpty {
            words.append("made by \(documents.map { Redaction.printable($0) }.joined(separator: ", "))")
        }
        return words.joined(separator: "  ")
    }

    private static func size(_ asset: Asset) -> String {
        let pixels = asset.width.flatMap { width in asset.height.map { "\(width)×\($0), " } } ?? ""
        return "\(pixels)\(asset.size) bytes"
    }
}
