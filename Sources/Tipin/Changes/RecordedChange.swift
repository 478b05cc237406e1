internal import TipinAssets
internal import TipinDocument
internal import TipinJSON

/// What happens to one file of documents: bound to the bytes before and after by their digests, and reversible. The
/// unit of journals and plans.
struct RecordedChange: Sendable, Equatable, Codable {
    /// A manifest file that the change makes, changes or removes.
    struct Sidecar: Sendable, Equatable, Codable {
        /// Absolute.
        var path: String
        /// `nil` where there is none.
        var before: RecordedBytes?
        var after: RecordedBytes?
        /// Of a file that is removed; `nil` where nobody wrote them down.
        var attributes: RecordedAttributes?
    }

    /// Absolute: where the file is written.
    var path: String
    /// As the person named it; in an output folder the path.
    var label: String
    /// What the documents in it are; `lines` for NDJSON.
    var kind: String
    /// `nil` where there was no file.
    var before: FileState?
    /// `nil` where the file is removed.
    var after: FileState?
    /// Of a file that is removed; `nil` where nobody wrote them down.
    var attributes: RecordedAttributes?
    /// In order, for the bytes before. In an output folder, where the new bytes are made of others, they only keep what
    /// stood there: all of it, in pieces.
    var edits: [RecordedEdit]
    var sidecar: Sidecar?
    /// What the bytes before name, as far as it was here: without it there is no way back.
    var needs: [NamedAsset]?
    /// What the links of its documents were and became.
    var links: [LinkStep]?

    /// Why a change does not fit the bytes that it is to be carried out on.
    enum Fault: Error, Sendable, Equatable {
        /// The bytes have another digest than the change begins with.
        case otherBytes
        /// An edit lies outside the file, or before the end of the one before it.
        case outOfPlace(offset: Int)
        /// Other bytes stand where an edit is to be made.
        case otherOldBytes(offset: Int)
        /// The result has another digest than the change promises.
        case otherResult
    }

    /// The bytes after the change.
    func applied(to bytes: [UInt8]) throws(Fault) -> [UInt8] {
        guard let before, before.holds(of: bytes) else { throw .otherBytes }
        var position = 0
        for edit in edits {
            let (end, overflow) = edit.offset.addingReportingOverflow(edit.old.bytes.count)
            guard !overflow, edit.offset >= position, end <= bytes.count else {
                throw .outOfPlace(offset: edit.offset)
            }
            guard bytes[edit.offset..<end].elementsEqual(edit.old.bytes) else {
                throw .otherOldBytes(offset: edit.offset)
            }
            position = end
        }
        let result = edits.map(\.edit).applied(to: bytes)
        guard let after, after.holds(of: result) else { throw .otherResult }
        return result
    }

    /// What stood in an output folder before.
    var keptBytes: [UInt8] { edits.count == 1 ? edits[0].old.bytes : edits.flatMap(\.old.bytes) }

    /// The ids of those documents in a file of lines that are changed.
    var lineDocuments: [ByteKey] { edits.compactMap { $0.document.map(ByteKey.init) } }

    /// The change that leads back; `nil` where the bytes before are not known.
    var inverted: RecordedChange? {
        guard let before, let after else { return nil }
        var result = self
        result.before = after
        result.after = before
        var shift = 0
        result.edits = edits.map { edit in
            var inverse = edit
            inverse.offset += shift
            (inverse.old, inverse.new) = (edit.new, edit.old)
            inverse.twins = nil
            shift += edit.new.bytes.count - edit.old.bytes.count
            return inverse
        }
        (result.needs, result.links) = (nil, nil)
        result.sidecar = sidecar.map { Sidecar(path: $0.path, before: $0.after, after: $0.before) }
        return result
    }
}
