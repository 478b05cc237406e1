package import TipinDiagnostics
package import TipinDocument
package import TipinJSON

/// One line of `scan`.
package struct ScannedMention: Sendable {
    package var place: Place
    package var form: Mention.Form
    package var role: AssetRole
    /// `nil` where neither an entity nor a book is known.
    package var entity: Entity?
    package var assetID: String?
    package var sha256: String?
    /// The address as it stands there, at most `kept` characters of it.
    package var value: String?

    /// More than is shown, because secrets are cut before the rest is.
    static let kept = 400

    /// At most 200 characters, without secrets, `data:` URLs shortened.
    package var shownValue: String? {
        value.map { value in
            let shown = Redaction.redacted(value)
            return shown.count > 200 ? String(shown.prefix(199)) + "…" : shown
        }
    }

    /// The object of `schemas/mention.schema.json`, on a line of its own.
    package func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("file", place.file)
            writer.member("line", place.line)
            writer.member("column", place.column)
            writer.member("offset", place.offset)
            writer.member("length", place.length)
            writer.member("pointer", place.pointer)
            writer.member("form", form.rawValue)
            writer.member("role", role.rawValue)
            writer.member("entityType", entity?.type.rawValue)
            writer.member("entityId", entity?.id)
            writer.member("assetId", assetID)
            writer.member("sha256", sha256)
            writer.member("value", shownValue)
        }
        writer.newline()
    }
}
