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
            let changes = details.address == nil ? [] : members.addressChange(details.addressName)
            return objectEdits(of: mention, changes + members.fileRefChanges(present: details.present), style)
        case .fileRef:
            return objectEdits(of: mention, members.fileRefChanges(present: details.present), style)
        }
    }

    private func nodeChanges(
        _ mention: Mention, _ details: MentionDetails, _ members: AssetMembers
    ) -> [MemberChange] {
        let rule = rules.table.nodes[Int(mention.rule)]
        var changes: [MemberChange] = members.addressChange(details.addressName)
        if details.assetID != members.assetID {
            changes.append(.set(rule.ids.first ?? FileRefFields.assetID, .string(members.assetID)))
        }
        if members.fillsSize, let width = members.width, let height = members.height,
            details.present.isDisjoint(with: [FileRefFields.width, FileRefFields.height])
        {
            changes.append(.set(FileRefFields.width, .number(width)))
            changes.append(.set(FileRefFields.height, .number(height)))
        }
        return changes
    }

    private func objectEdits(of mention: Mention, _ changes: [MemberChange], _ style: LayoutStyle) -> [Edit] {
        guard !changes.isEmpty else { return [] }
        return nestedEdits(mention.owned.range, nesting: Int(mention.nesting)) { text, escapesSlash in
            var style = mention.nesting == 0 ? style : LayoutStyle(of: text)
            style.escapesSlash = escapesSlash
            return ObjectEditor(text, objectAt: 0, style: style).edits(changes)
        }
    }

    private func fieldStringEdits(of mention: Mention, _ members: AssetMembers, _ style: LayoutStyle) -> [Edit] {
        nestedEdits(mention.owned.range, nesting: Int(mention.nesting)) { text, escapesSlash in
            var style = mention.nesting == 0 ? style : .minified
            style.escapesSlash = escapesSlash
            let indent = style.isMultiline ? lineIndent(before: mention.owned.range.lowerBound) : []
            // A value that shares its line with its neighbours stays on it.
            if indent == nil { style.newline = [] }
            return [Edit(0..<text.count, members.fileRef.rendered(style, indent: indent ?? []))]
        }
    }

    /// What the line begins with on which the value stands; `nil` where another value stands before it.
    private func lineIndent(before offset: Int) -> [UInt8]? {
        let lineStart = bytes[..<offset].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        let line = bytes[lineStart..<offset]
        let indent = line.prefix { $0 == 0x20 || $0 == 0x09 }
        return line.contains(UInt8(ascii: ",")) || line.contains(UInt8(ascii: "{")) ? nil : Array(indent)
    }

    /// Makes edits in a piece as it reads without the strings around it, and tells them as they are in the document.
    /// - Parameter makeEdits: gets the piece and whether `/` is escaped in it.
    private func nestedEdits(
        _ range: Range<Int>, nesting: Int, _ makeEdits: (UnsafeBufferPointer<UInt8>, Bool) -> [Edit]
    ) -> [Edit] {
        bytes.withUnsafeBufferPointer { document in
            let nested = NestedText(range, nesting: nesting, of: document)
            let edits = nested.bytes.withUnsafeBufferPointer { makeEdits($0, nested.escapesSlash.last ?? false) }
            return edits.map { edit in
                Edit(
                    nested.documentRange(of: edit.range, in: document), nested.escaped(edit.replacement),
                    nesting: nesting)
            }
        }
    }
}
