internal import TipinJSON

/// An edit that knows what it replaces, so that it can be carried out, checked, printed and taken back.
///
/// Where it is a mention's it covers all that the mention owns, so that what changed can be told member by member even
/// when the rest of the document is another by then.
struct RecordedEdit: Sendable, Equatable, Codable {
    /// Bytes from the start of the file.
    var offset: Int
    var old: RecordedBytes
    var new: RecordedBytes
    /// Of the mention's node or field; `nil` for a manifest's edit.
    var pointer: String?
    /// How many JSON strings it stands in; `nil` for none.
    var nesting: Int?
    /// 1-based, in NDJSON.
    var line: Int?
    /// In NDJSON: the id of the document on the line.
    var document: String?
    /// Where mentions that the run did not touch say what it wrote here.
    var twins: Twins?

    /// Which of the document's mentions that say the same it is.
    struct Twins: Sendable, Equatable, Codable {
        /// 0-based, in the order of the document.
        var place: Int
        /// Of all of them.
        var count: Int
    }

    /// Where it stands in the document that it is for.
    var range: Range<Int> { offset..<(offset + old.bytes.count) }

    var edit: Edit { Edit(range, new.bytes, nesting: nesting ?? 0) }
}

extension RecordedEdit {
    /// Bytes of a piece of what is kept, so that no more than that is written at a time.
    static let keptAtOnce = 1 << 20

    /// Bytes of a file that is replaced or removed whole.
    init(keeping bytes: [UInt8], at offset: Int = 0) {
        self.init(offset: offset, old: RecordedBytes(bytes), new: RecordedBytes([]))
    }
}
