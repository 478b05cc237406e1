internal import TipinDocument
internal import TipinJSON

/// Puts mentions back in a document that changed after the run: those that still hold what the run wrote (RULES 5
/// "Undo"). They are told by what they say, for an editor that saved the document may have moved them and laid it out
/// anew.
struct MentionRestorer {
    struct Result {
        /// In the file's offsets, in order.
        var edits: [RecordedEdit] = []
        /// Those of the run that stay as somebody left them, by the lines that their documents are on now.
        var left: [RecordedEdit] = []
        /// Whether mentions say already what they said before the run.
        var isBack = false
        /// Documents that the run changed and that are not known again.
        var lost: [LostDocument] = []
    }

    /// A document on a line that the file does not have any more, or has more than once.
    struct LostDocument: Hashable {
        var id: String?
        /// 1-based: where it stood.
        var line: Int
        /// How many there are now that could be it.
        var count: Int
    }

    private let documents: [LoadedDocument]
    private let placesByID: [ByteKey: [Int]]
    private let placesByLine: [Int: Int]

    /// - Parameter documents: of the file as it is now.
    init(_ documents: [LoadedDocument]) {
        self.documents = documents
        var placesByID: [ByteKey: [Int]] = [:]
        var placesByLine: [Int: Int] = [:]
        for (place, document) in documents.enumerated() {
            if let id = document.collected.id {
                placesByID[ByteKey(id), default: []].append(place)
            } else if let line = document.line {
                placesByLine[line] = place
            }
        }
        self.placesByID = placesByID
        self.placesByLine = placesByLine
    }

    func restore(_ change: RecordedChange) -> Result {
        var result = Result()
        var byDocument: [Int: [RecordedEdit]] = [:]
        var lost: Set<LostDocument> = []
        // A manifest's entries may stay: nothing reads those that no node names. One that went with a replaced picture
        // does not come back: the catalog has its row as long as the run can be undone.
        for edit in change.edits where edit.pointer != nil {
            let places = places(of: edit)
            if places.count == 1 {
                byDocument[places[0], default: []].append(edit)
            } else if let line = edit.line {
                let document = LostDocument(id: edit.document, line: line, count: places.count)
                if lost.insert(document).inserted { result.lost.append(document) }
            }
        }
        for (place, edits) in byDocument.sorted(by: { $0.key < $1.key }) {
            restore(edits.map(WrittenMention.init), in: documents[place], &result)
        }
        result.edits.sort { $0.offset < $1.offset }
        return result
    }

    /// The document that an edit was made in: the only one of the file, or the line with its id, or the same line.
    private func places(of edit: RecordedEdit) -> [Int] {
        guard let line = edit.line else { return documents.count == 1 ? [0] : [] }
        if let id = edit.document { return placesByID[ByteKey(id)] ?? [] }
        return placesByLine[line].map { [$0] } ?? []
    }

    // MARK: One document

    private func restore(_ all: [WrittenMention], in document: LoadedDocument, _ result: inout Result) {
        let collected = document.collected
        let values = collected.mentions.map { MemberValues(collected.ownedText(of: $0)) }
        let index = MentionIndex(values, for: all.flatMap { [$0.after, $0.before] })
        let style = collected.layoutStyle
        var isTaken = [Bool](repeating: false, count: values.count)
        var left: [WrittenMention] = []
        for group in Self.groups(all) {
            let found = index.places(of: group[0].after).filter { !isTaken[$0] }
            let pairs = Self.pairs(of: group, found, in: collected)
            for (written, place) in pairs {
                isTaken[place] = true
                let edit = edit(of: collected.mentions[place], written, in: document, style)
                if let edit { result.edits.append(edit) }
            }
            left += pairs.isEmpty ? group : Array(group.dropFirst(pairs.count))
        }
        let changed = Self.changed(left, index, &isTaken)
        if changed.count < left.count { result.isBack = true }
        result.left += changed.map { written in
            var edit = written.edit
            edit.line = document.line
            return edit
        }
    }

    /// What was written the same. Who wrote more comes first, for it is known by more: what it claims cannot be meant
    /// by the others.
    private static func groups(_ all: [WrittenMention]) -> [[WrittenMention]] {
        var groups: [[WrittenMention]] = []
        var places: [WrittenMention.Sign: Int] = [:]
        for written in all {
            if let place = places[written.after] {
                groups[place].append(written)
            } else {
                places[written.after] = groups.count
                groups.append([written])
            }
        }
        return groups.sorted { $0[0].after.size > $1[0].after.size }
    }

    /// Which of the mentions that say what was written is which of the group; none where nobody can tell.
    /// - Parameter found: ascending.
    private static func pairs(
        of group: [WrittenMention], _ found: [Int], in document: CollectedDocument
    ) -> [(WrittenMention, Int)] {
        if group.contains(where: { $0.edit.twins != nil }) {
            // Others said it before the run: as long as all are there, each is known by its place among them.
            let pairs = group.compactMap { written -> (WrittenMention, Int)? in
                guard let twins = written.edit.twins, twins.count == found.count, found.indices.contains(twins.place)
                else { return nil }
                return (written, found[twins.place])
            }
            return Set(pairs.map(\.1)).count == group.count ? pairs : []
        }
        guard found.count > group.count else {
            // They are told by their order, as long as all are there.
            let isAlike = group.allSatisfy { $0.before == group[0].before }
            return isAlike || found.count == group.count ? Array(zip(group, found)) : []
        }
        // Others say it since then, and only those that stand where the run wrote are known to be its own.
        let places = Dictionary(
            found.map { (ByteKey(document.ownerPointer(of: document.mentions[$0])), $0) }, uniquingKeysWith: { $1 })
        let pairs = group.compactMap { written in
            written.edit.pointer.flatMap { places[ByteKey($0)] }.map { (written, $0) }
        }
        return Set(pairs.map(\.1)).count == group.count ? pairs : []
    }

    /// Those that somebody changed: not those that say again what they said before the run.
    private static func changed(
        _ left: [WrittenMention], _ index: MentionIndex, _ isTaken: inout [Bool]
    ) -> [WrittenMention] {
        var unclaimed: [WrittenMention.Sign: [Int]] = [:]
        return left.filter { written in
            // Taken out while it is changed, so that it is not copied each time.
            var places =
                unclaimed.removeValue(forKey: written.before) ?? index.places(of: written.before).reversed()
            defer { unclaimed[written.before] = places }
            while let place = places.popLast() {
                if isTaken[place] { continue }
                isTaken[place] = true
                return false
            }
            return true
        }
    }

    private func edit(
        of mention: Mention, _ written: WrittenMention, in document: LoadedDocument, _ style: LayoutStyle
    ) -> RecordedEdit? {
        let collected = document.collected
        let edits: [Edit]
        if let keys = written.changedKeys {
            let changes = keys.map { key -> MemberChange in
                let name = String(decoding: key, as: UTF8.self)
                if let value = written.old.members?[key] { return .set(name, .text(value.text)) }
                return written.old.nulls.contains(key) ? .set(name, .text(Array("null".utf8))) : .remove(name)
            }
            edits = collected.edits(of: mention, making: changes, style: style)
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

extension WrittenMention.Sign {
    /// How much it asks for.
    fileprivate var size: Int {
        switch self {
        case .members(let members): members.count
        case .whole: .max
        }
    }
}
