internal import TipinJSON

/// Keys, and the values that are one token.
extension Collector {
    @inline(__always)
    func key(_ token: ByteRange) {
        let top = hot.pointee.top
        let mentionCount = hot.pointee.mentionCount
        if mentionCount > frames[top].mentionsBefore { noteMember(top, mentionCount) }
        frames[top].key = token
        let isInManifest = frames[top].flags.contains(.inManifest)
        frames[top].meaning = isInManifest ? entryMeaning(token, top) : rules.meaning(of: token, in: text)
        frames[top].mentionsBefore = mentionCount
        if frames[top].flags.contains(.hasMentions) { supersede(token, at: top) }
    }

    /// The keys of a manifest are ids, whatever they look like, and its entries say nothing but which bytes they mean.
    private func entryMeaning(_ token: ByteRange, _ top: Int) -> KeyMeaning {
        guard !frames[top].flags.contains(.isManifest) else { return .other }
        let meaning = rules.meaning(of: token, in: text)
        return meaning.kind == .assetId || meaning.kind == .sha256 ? meaning : .other
    }

    /// Remembers that the member which just ended held mentions.
    private func noteMember(_ depth: Int, _ count: Int32) {
        guard frames[depth].key.isPresent else { return }
        let name = JSONString.decode(UnsafeBufferPointer(rebasing: text[frames[depth].key.range]))
        if !frames[depth].flags.contains(.hasMentions) { keysWithMentions[depth] = [:] }
        frames[depth].flags.insert(.hasMentions)
        keysWithMentions[depth]?[name] = frames[depth].mentionsBefore..<count
    }

    /// Of equal keys the last counts, so what the earlier one held is no mention.
    private func supersede(_ token: ByteRange, at depth: Int) {
        let name = JSONString.decode(UnsafeBufferPointer(rebasing: text[token.range]))
        guard let earlier = keysWithMentions[depth]?.removeValue(forKey: name) else { return }
        for index in earlier { result.mentions[Int(index)].owned = .none }
    }

    @inline(__always)
    func string(_ token: ByteRange) {
        guard let top = beginValue() else {
            root.string = token
            return
        }
        if frames[top].isArray {
            if frames[top].flags.contains(.isField) { fieldString(token, top) }
            return
        }
        switch frames[top].meaning.kind {
        case .other: noteForeignEntry(top)
        case .type: frames[top].type = token
        case .id: frames[top].id = token
        case .bookId: if top == 0, nesting == 0 { root.bookID = nonEmptyText(token) }
        case .assetId: setFlag(.hasAssetID, token.count > 2, top)
        case .sha256: setFlag(.hasDigest, isDigest(token, top), top)
        case .attrs: frames[top].attributes = .none
        case .content, .wrapper: nestedText(token, top)
        case .manifest: foreignManifest(token, top)
        case .field: if !frames[top].flags.contains(.inNodes) { fieldString(token, top) }
        case .collection: noteField(top)
        }
    }

    @inline(__always)
    func scalar(_ token: ByteRange, _ kind: TokenKind) {
        guard let top = beginValue() else { return }
        guard !frames[top].isArray else {
            if kind == .number, frames[top].flags.contains(.isField) { noteUnknown(token, in: top) }
            return
        }
        switch frames[top].meaning.kind {
        case .other: noteForeignEntry(top)
        case .type: frames[top].type = .none
        case .id: frames[top].id = kind == .number ? token : .none
        case .assetId: frames[top].flags.remove(.hasAssetID)
        case .sha256: frames[top].flags.remove(.hasDigest)
        case .attrs: frames[top].attributes = .none
        case .content, .wrapper: contentEnded(top, isDocument: false, from: hot.pointee.mentionCount)
        case .manifest: kind == .null ? clearManifest(token, top) : foreignManifest(token, top)
        case .collection: noteField(top)
        case .field:
            noteField(top)
            if kind == .number, !frames[top].flags.contains(.inNodes) { noteUnknown(token, in: top) }
        case .bookId: if top == 0, nesting == 0 { root.bookID = kind == .number ? nonEmptyText(token) : nil }
        }
    }

    func setFlag(_ flag: Frame.Flags, _ isOn: Bool, _ top: Int) {
        if isOn { frames[top].flags.insert(flag) } else { frames[top].flags.remove(flag) }
    }

    /// Counts the element where the value stands in an array.
    /// - Returns: the frame that the value stands in; `nil` for the root.
    @inline(__always)
    func beginValue() -> Int? {
        let top = hot.pointee.top
        guard top >= 0 else { return nil }
        if frames[top].isArray { frames[top].index += 1 }
        return top
    }

    /// What stands in a manifest and is no object with a digest makes it foreign.
    @inline(__always)
    func noteForeignEntry(_ top: Int) {
        if frames[top].flags.contains(.isManifest) { frames[top].flags.insert(.hasForeignEntry) }
    }

    /// Entries of a manifest are judged by their digest, FileRefs elsewhere by having one.
    private func isDigest(_ token: ByteRange, _ top: Int) -> Bool {
        frames[top].flags.contains(.inManifest) ? isDigest(token) : token.count > 2
    }

    func isDigest(_ token: ByteRange) -> Bool {
        let inside = UnsafeBufferPointer(rebasing: text[(Int(token.start) + 1)..<(Int(token.end) - 1)])
        if FileRefFields.isDigest(inside) { return true }
        return nonEmptyText(token).flatMap(FileRefFields.digest) != nil
    }

    func foreignManifest(_ token: ByteRange, _ top: Int) {
        frames[top].manifest = token
        frames[top].flags.insert(.hasForeignManifest)
    }

    private func clearManifest(_ token: ByteRange, _ top: Int) {
        frames[top].manifest = token
        frames[top].flags.remove(.hasForeignManifest)
    }

    /// A root with a field of books or entities is one.
    func noteField(_ top: Int) {
        guard top == 0, nesting == 0, !frames[top].isArray else { return }
        let meaning = frames[top].meaning
        if meaning.kind == .collection {
            root.bookField = true
            root.collectionField = true
        }
        if meaning.kind == .field {
            let field = rules.table.fields[Int(meaning.index)]
            if field.marksBook { root.bookField = true } else { root.entityField = root.entityField ?? field.entity }
        }
    }
}
