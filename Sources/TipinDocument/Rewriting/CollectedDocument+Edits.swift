package import TipinJSON

extension CollectedDocument {
    /// How the document is laid out.
    package var layoutStyle: LayoutStyle { bytes.withUnsafeBufferPointer { LayoutStyle(of: $0) } }

    /// The edits that make a mention say what is known of its asset.
    /// - Parameter style: the document's.
    package func edits(
        of mention: Mention, saying details: MentionDetails, as members: AssetMembers, style: LayoutStyle
    ) -> [Edit] {
        switch mention.site {
        case .fieldString: return fieldStringEdits(of: mention, members, style)
        case .node: return objectEdits(of: mention, nodeChanges(mention, details, members), style)
        case .fieldObject:
            let isBeside = details.address != nil && !details.isFileRefsOwn
            let address = isBeside ? members.addressChange(at: details) : members.nullChange(at: details)
            return objectEdits(
                of: mention, address + members.fileRefChanges(present: details.usable).map { ([], $0) }, style)
        case .fileRef:
            return objectEdits(
                of: mention, members.fileRefChanges(present: details.usable).map { ([], $0) }, style)
        }
    }

    /// The edits that change members of the object that a mention owns.
    package func edits(of mention: Mention, making changes: [MemberChange], style: LayoutStyle) -> [Edit] {
        mention.site == .fieldString ? [] : objectEdits(of: mention, changes.map { ([], $0) }, style)
    }

    /// The edits that put another value in the place of what a mention owns.
    package func edits(of mention: Mention, replacingBy value: [UInt8]) -> [Edit] {
        nestedEdits(mention.owned.range, nesting: Int(mention.nesting)) { _, range in [Edit(range, value)] }
    }

    /// What a mention owns as it reads without the strings around it.
    package func ownedText(of mention: Mention) -> [UInt8] {
        bytes.withUnsafeBufferPointer { NestedText(mention.owned.range, nesting: Int(mention.nesting), of: $0).bytes }
    }

    /// What changes, each with the members that lead to the object where it does.
    private typealias PlacedChange = (place: [String], change: MemberChange)

    private func nodeChanges(
        _ mention: Mention, _ details: MentionDetails, _ members: AssetMembers
    ) -> [PlacedChange] {
        let rule = rules.table.nodes[Int(mention.rule)]
        var changes: [PlacedChange] = []
        // What stands there already needs no closer look: nearly all mentions of a document that was done before.
        if !members.address.isDone(details.address) {
            changes = members.addressChange(at: details)
        }
        let idName = rule.ids.first ?? FileRefFields.assetID
        // What another member calls it stays there too.
        if details.idName != idName || !members.assetID.hasSameBytes(as: details.assetID) {
            changes.append(([], .set(idName, .string(members.assetID))))
        }
        if members.fillsSize, rule.content == .picture, let width = members.width, let height = members.height,
            details.present.isDisjoint(with: [.width, .height])
        {
            changes.append(([], .set(FileRefFields.width, .number(width))))
            changes.append(([], .set(FileRefFields.height, .number(height))))
        }
        return changes
    }

    private func objectEdits(of mention: Mention, _ changes: [PlacedChange], _ style: LayoutStyle) -> [Edit] {
        guard !changes.isEmpty else { return [] }
        return nestedEdits(mention.owned.range, nesting: Int(mention.nesting)) { text, range in
            let style = self.style(of: text, range, mention, style)
            let layout = ObjectLayout(text, objectAt: range.lowerBound)
            let own = changes.compactMap { $0.place.isEmpty ? $0.change : nil }
            var edits = ObjectEditor(text, layout, style: style).edits(own)
            for (place, change) in changes {
                guard let name = place.first, let object = layout.member(name, in: text),
                    object.kind == .objectStart
                else { continue }
                edits += ObjectEditor(text, objectAt: object.value.lowerBound, style: style).edits([change])
            }
            return edits
        }
    }

    private func fieldStringEdits(of mention: Mention, _ members: AssetMembers, _ style: LayoutStyle) -> [Edit] {
        nestedEdits(mention.owned.range, nesting: Int(mention.nesting)) { text, range in
            var style = self.style(of: text, range, mention, style)
            let indent = style.isMultiline ? LayoutStyle.lineIndent(before: range.lowerBound, in: text) : []
            // A value that shares its line with its neighbours stays on it.
            if indent == nil { style.newline = [] }
            return [Edit(range, members.fileRef.rendered(style, indent: indent ?? []))]
        }
    }

    /// The style for a piece: its escapes are its own, or the document's where it shows none.
    private func style(
        of text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ mention: Mention, _ style: LayoutStyle
    ) -> LayoutStyle {
        let piece = UnsafeBufferPointer(rebasing: text[range])
        var result = mention.nesting == 0 ? style : LayoutStyle(of: piece)
        result.escapes =
            mention.nesting == 0 ? EscapeStyle(ofPiece: piece, within: style.escapes) : EscapeStyle(of: piece)
        return result
    }

    /// Makes edits in a piece as it reads without the strings around it, and tells them as they are in the document.
    /// - Parameter makeEdits: gets a text and where in it the piece stands.
    private func nestedEdits(
        _ range: Range<Int>, nesting: Int, _ makeEdits: (UnsafeBufferPointer<UInt8>, Range<Int>) -> [Edit]
    ) -> [Edit] {
        bytes.withUnsafeBufferPointer { document in
            guard nesting > 0 else { return makeEdits(document, range) }
            let nested = NestedText(range, nesting: nesting, of: document)
            let edits = nested.bytes.withUnsafeBufferPointer { makeEdits($0, 0..<$0.count) }
            return edits.map { edit in
                Edit(
                    nested.documentRange(of: edit.range, in: document), nested.escaped(edit.replacement),
                    nesting: nesting)
            }
        }
    }
}

extension MentionDetails {
    /// The members that stand, without an id or a digest that is none: those are as good as missing.
    fileprivate var usable: PresentFields {
        var fields = present
        if assetID == nil { fields.remove(.assetID) }
        if sha256 == nil { fields.remove(.sha256) }
        return fields
    }
}
