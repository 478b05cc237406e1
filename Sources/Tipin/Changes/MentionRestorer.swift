internal import TipinDocument
internal import TipinJSON

/// Puts mentions back in a document that changed after the run: those that still hold what the run wrote (RULES 5
/// "Undo"). They are told by what they say, for an editor that saved the document may have moved them and laid it out
/// anew.
struct MentionRestorer {
    struct Result {
        /// In the file's offsets, in order.
        var edits: [RecordedEdit] = []
        /// Those of the run that stay as somebody left them.
        var left: [RecordedEdit] = []
    }

    /// What the run did to one mention.
    private struct Written {
        let edit: RecordedEdit
        let old: MemberValues
        let new: MemberValues

        /// The members that the run changed, with what it wrote; `nil` for one that it removed.
        let written: [(key: [UInt8], value: MemberValues.Value?)]?

        init(_ edit: RecordedEdit) {
            self.edit = edit
            old = MemberValues(Self.unescaped(edit.old.bytes, edit.nesting))
            new = MemberValues(Self.unescaped(edit.new.bytes, edit.nesting))
            guard let before = old.members, let after = new.members else {
                written = nil
                return
            }
            let keys = Set(before.keys).union(after.keys).filter { before[$0] != after[$0] }
            written = keys.sorted { $0.lexicographicallyPrecedes($1) }.map { ($0, after[$0]) }
        }

        /// Whether a mention still says all that the run wrote.
        func stands(in values: MemberValues) -> Bool {
            guard let written else { return values == new }
            guard let members = values.members else { return false }
            return written.allSatisfy { members[$0.key] == $0.value }
        }

        /// Whether two mentions were made the same out of the same.
        func isAlike(_ other: Written) -> Bool {
            guard let written, let others = other.written else { return old == other.old && new == other.new }
            return written.elementsEqual(others) { $0.key == $1.key && $0.value == $1.value }
                && written.allSatisfy { old.members?[$0.key] == other.old.members?[$0.key] }
        }

        func wroteTheSame(as other: Written) -> Bool {
            guard let written, let others = other.written else { return new == other.new }
            return written.elementsEqual(others) { $0.key == $1.key && $0.value == $1.value }
        }

        private static func unescaped(_ bytes: [UInt8], _ nesting: Int?) -> [UInt8] {
            bytes.withUnsafeBufferPointer { NestedText(0..<$0.count, nesting: nesting ?? 0, of: $0).bytes }
        }
    }

    private let documents: [LoadedDocument]

    /// - Parameter documents: of the file as it is now.
    init(_ documents: [LoadedDocument]) { self.documents = documents }

    func restore(_ change: RecordedChange) -> Result {
        var result = Result()
        var byDocument: [Int: [RecordedEdit]] = [:]
        // A manifest's entries may stay: nothing reads those that no node names. One that went with a replaced picture
        // does not come back: the catalog has its row as long as the run can be undone.
        for edit in change.edits where edit.pointer != nil {
            if let place = place(of: edit) {
                byDocument[place, default: []].append(edit)
            } else {
                result.left.append(edit)
            }
        }
        for (place, edits) in byDocument.sorted(by: { $0.key < $1.key }) {
            restore(edits.map(Written.init), in: documents[place], &result)
        }
        result.edits.sort { $0.offset < $1.offset }
        return result
    }

    /// The document that an edit was made in: the only one of the file, or the line with its id, or the same line.
    private func place(of edit: RecordedEdit) -> Int? {
        guard edit.line != nil else { return documents.count == 1 ? 0 : nil }
        if let id = edit.document {
            let found = documents.indices.filter { id.hasSameBytes(as: documents[$0].collected.id) }
            return found.count == 1 ? found.first : nil
        }
        return documents.firstIndex { $0.line == edit.line && $0.collected.id == nil }
    }

    private func restore(_ all: [Written], in document: LoadedDocument, _ result: inout Result) {
        let collected = document.collected
        let values = collected.mentions.map { MemberValues(collected.ownedText(of: $0)) }
        var isTaken = [Bool](repeating: false, count: values.count)
        var groups: [[Written]] = []
        for written in all {
            if let place = groups.firstIndex(where: { $0[0].wroteTheSame(as: written) }) {
                groups[place].append(written)
            } else {
                groups.append([written])
            }
        }
        // Who wrote more is known by more: what it claims cannot be meant by the others.
        groups.sort { ($0[0].written?.count ?? .max) > ($1[0].written?.count ?? .max) }
        for group in groups {
            let found = values.indices.filter { !isTaken[$0] && group[0].stands(in: values[$0]) }
            let isAlike = group.dropFirst().allSatisfy { group[0].isAlike($0) }
            // Which is which can be told by their order, as long as all are there.
            guard isAlike || found.count == group.count else {
                result.left += group.map(\.edit)
                continue
            }
            for (number, index) in found.enumerated() {
                isTaken[index] = true
                let written = group[min(number, group.count - 1)]
                if let edit = edit(of: collected.mentions[index], written, in: document) { result.edits.append(edit) }
            }
            if found.count < group.count { result.left += group[found.count...].map(\.edit) }
        }
    }

    private func edit(of mention: Mention, _ written: Written, in document: LoadedDocument) -> RecordedEdit? {
        let collected = document.collected
        let edits: [Edit]
        if let members = written.written {
            let changes = members.map { key, _ -> MemberChange in
                let name = String(decoding: key, as: UTF8.self)
                return written.old.members?[key].map { .set(name, .text($0.text)) } ?? .remove(name)
            }
            edits = collected.edits(of: mention, making: changes, style: collected.layoutStyle)
        } else {
            edits = collected.edits(of: mention, replacingBy: written.old.text)
        }
        guard !edits.isEmpty else { return nil }
        let start = Int(mention.owned.start)
        let old = Array(collected.bytes[mention.owned.range])
        let new = edits.map { edit in
            Edit((edit.range.lowerBound - start)..<(edit.range.upperBound - start), edit.replacement)
        }.applied(to: old)
        return RecordedEdit(
            offset: start + document.offset, old: RecordedBytes(old), new: RecordedBytes(new),
            pointer: collected.ownerPointer(of: mention),
            nesting: mention.nesting == 0 ? nil : Int(mention.nesting), line: document.line,
            document: document.line == nil ? nil : collected.id)
    }
}
