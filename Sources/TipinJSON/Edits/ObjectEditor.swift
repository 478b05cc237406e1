/// Turns changes of an object's members into the smallest edits: members that stay keep their bytes, those that come
/// follow the style of their neighbours.
package struct ObjectEditor {
    private let text: UnsafeBufferPointer<UInt8>
    private let layout: ObjectLayout
    private let style: LayoutStyle

    /// - Parameters:
    ///   - style: the document's, for what the object itself does not show.
    ///   - start: the offset of the `{` in `text`.
    package init(_ text: UnsafeBufferPointer<UInt8>, objectAt start: Int, style: LayoutStyle) {
        self.init(text, ObjectLayout(text, objectAt: start), style: style)
    }

    /// - Parameter layout: of the object in `text`.
    package init(_ text: UnsafeBufferPointer<UInt8>, _ layout: ObjectLayout, style: LayoutStyle) {
        self.text = text
        self.layout = layout
        self.style = style
    }

    /// Edits in the offsets of the text, in order; none where everything is as it should be already. Of two changes of
    /// one member the later counts.
    package func edits(_ changes: [MemberChange]) -> [Edit] {
        let matches = MemberMatches(changes, layout, text)
        guard matches.changesSomething(where: { !isEqual(layout.members[$0], $1) }) else { return [] }
        var pieces = Pieces()
        pieces.keep(layout.range.lowerBound..<(layout.range.lowerBound + 1))
        var hasMembers = false
        for (index, member) in layout.members.enumerated() {
            let change = matches.change(ofMember: index)
            if case .remove = change { continue }
            // The first member that stays keeps what stands after `{`; the others what stands before them.
            pieces.keep(gapBefore(hasMembers ? index : 0))
            pieces.keep(member.key.lowerBound..<member.value.lowerBound)
            if case .set(_, let value)? = change, !isEqual(member, value) {
                pieces.insert(rendered(value), at: member.value)
            } else {
                pieces.keep(member.value)
            }
            hasMembers = true
        }
        for (name, value) in matches.added {
            pieces.insert(separator(isFirst: !hasMembers) + key(name) + rendered(value))
            hasMembers = true
        }
        if layout.members.isEmpty, hasMembers, let indent = ownIndent { pieces.insert(style.newline + indent) }
        pieces.keep(tail(hasMembers: hasMembers))
        return pieces.edits(within: layout.range, of: text)
    }

    /// Equal values keep the bytes they are written with.
    private func isEqual(_ member: ObjectLayout.Member, _ value: JSONValue) -> Bool {
        let token = UnsafeBufferPointer(rebasing: text[member.value])
        switch value {
        case .string(let new): return member.kind == .string && JSONString.equals(token, new)
        case .number(let new): return member.kind == .number && token.elementsEqual(String(new).utf8)
        case .object: return false
        case .text(let new): return token.elementsEqual(new)
        }
    }

    private func gapBefore(_ index: Int) -> Range<Int> {
        let start = index == 0 ? layout.range.lowerBound + 1 : layout.members[index - 1].value.upperBound
        return start..<layout.members[index].key.lowerBound
    }

    private func tail(hasMembers: Bool) -> Range<Int> {
        guard let last = layout.members.last else {
            // An empty object's white space goes when a member comes.
            let brace = layout.range.upperBound - 1
            return hasMembers
                ? brace..<layout.range.upperBound : (layout.range.lowerBound + 1)..<layout.range.upperBound
        }
        return last.value.upperBound..<layout.range.upperBound
    }

    /// What stands before an inserted key, comma included.
    private func separator(isFirst: Bool) -> [UInt8] {
        guard let last = layout.members.indices.last else {
            if let ownIndent {
                return (isFirst ? [] : [UInt8(ascii: ",")]) + style.newline + ownIndent + style.unit
            }
            return isFirst ? [] : onOneLine.comma
        }
        let lead = text[gapBefore(0)]
        if isFirst { return Array(lead) }
        if last > 0 { return Array(text[gapBefore(last)]) }
        if lead.contains(0x0A) { return [UInt8(ascii: ",")] + lead }
        return colon.count > 1 ? Array(", ".utf8) : [UInt8(ascii: ",")]
    }

    private func key(_ name: String) -> [UInt8] { JSONString.encode(name) + colon }

    private var colon: [UInt8] {
        guard let last = layout.members.last else { return style.colon }
        return Array(text[last.key.upperBound..<last.value.lowerBound])
    }

    /// Objects are laid out in lines only where the object they go into is.
    private func rendered(_ value: JSONValue) -> [UInt8] {
        guard case .object = value else { return value.rendered(style, indent: []) }
        guard !layout.members.isEmpty else {
            guard let ownIndent else { return value.rendered(onOneLine, indent: []) }
            return value.rendered(style, indent: ownIndent + style.unit)
        }
        var style = self.style
        style.colon = colon
        let lead = text[gapBefore(0)]
        guard let lineFeed = lead.lastIndex(of: 0x0A) else {
            style.newline = []
            style.padding = Array(lead)
            return value.rendered(style, indent: [])
        }
        if !style.isMultiline {
            style.newline = lineFeed > lead.startIndex && lead[lineFeed - 1] == 0x0D ? [0x0D, 0x0A] : [0x0A]
        }
        return value.rendered(style, indent: Array(lead[(lineFeed + 1)...]))
    }

    private var onOneLine: LayoutStyle {
        var style = self.style
        style.newline = []
        return style
    }

    /// What the line of an empty object begins with; `nil` where its members are to stand on that line.
    private var ownIndent: [UInt8]? {
        style.isMultiline ? LayoutStyle.lineIndent(before: layout.range.lowerBound, in: text) : nil
    }
}
