/// What is to happen to one member of an object.
package enum MemberChange: Sendable, Equatable {
    case set(String, JSONValue)
    case remove(String)

    package var name: String {
        switch self {
        case .set(let name, _), .remove(let name): name
        }
    }
}

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
        self.text = text
        layout = ObjectLayout(text, objectAt: start)
        self.style = style
    }

    /// Edits in the offsets of the text, in order; none where everything is as it should be already.
    package func edits(_ changes: [MemberChange]) -> [Edit] {
        var pieces = Pieces()
        pieces.keep(layout.range.lowerBound..<(layout.range.lowerBound + 1))
        var hasMembers = false
        for (index, member) in layout.members.enumerated() {
            let change = change(for: index, in: changes)
            if case .remove = change { continue }
            // The first member that stays keeps what stands after `{`; the others what stands before them.
            let gap = hasMembers ? gapBefore(index) : gapBefore(0)
            pieces.keep(gap)
            pieces.keep(member.key.lowerBound..<member.value.lowerBound)
            if case .set(_, let value)? = change, !isEqual(member, value) {
                pieces.insert(rendered(value), at: member.value)
            } else {
                pieces.keep(member.value)
            }
            hasMembers = true
        }
        for change in changes {
            guard case .set(let name, let value) = change, layout.member(name, in: text) == nil else { continue }
            pieces.insert(separator(isFirst: !hasMembers) + key(name) + rendered(value))
            hasMembers = true
        }
        pieces.keep(tail(hasMembers: hasMembers))
        return pieces.edits(within: layout.range, of: text)
    }

    /// The change that concerns the member; of equal keys only the last is set, but all are removed.
    private func change(for index: Int, in changes: [MemberChange]) -> MemberChange? {
        let member = layout.members[index]
        let key = UnsafeBufferPointer(rebasing: text[member.key])
        guard let change = changes.last(where: { JSONString.equals(key, Array($0.name.utf8)) }) else { return nil }
        if case .set(let name, _) = change, layout.member(name, in: text) != member { return nil }
        return change
    }

    /// Equal values keep the bytes they are written with.
    private func isEqual(_ member: ObjectLayout.Member, _ value: JSONValue) -> Bool {
        let token = UnsafeBufferPointer(rebasing: text[member.value])
        switch value {
        case .string(let new): return member.kind == .string && JSONString.equals(token, Array(new.utf8))
        case .number(let new): return member.kind == .number && token.elementsEqual(String(new).utf8)
        case .object: return false
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
        guard let last = layout.members.indices.last else { return [] }
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
        var style = style
        style.colon = colon
        let lead = layout.members.isEmpty ? [] : Array(text[gapBefore(0)])
        guard let lineFeed = lead.lastIndex(of: 0x0A) else {
            if !layout.members.isEmpty { style.newline = [] }
            return value.rendered(style, indent: [])
        }
        if !style.isMultiline { style.newline = [0x0A] }
        return value.rendered(style, indent: Array(lead[(lineFeed + 1)...]))
    }
}

/// The new text of an object as kept ranges and inserted bytes, in order.
private struct Pieces {
    private var kept: [Range<Int>] = []
    /// `inserted[i]` stands before `kept[i]`.
    private var inserted: [[UInt8]] = []
    private var pending: [UInt8] = []

    mutating func keep(_ range: Range<Int>) {
        if let last = kept.last, last.upperBound == range.lowerBound, pending.isEmpty {
            kept[kept.count - 1] = last.lowerBound..<range.upperBound
            return
        }
        kept.append(range)
        inserted.append(pending)
        pending = []
    }

    mutating func insert(_ bytes: [UInt8], at place: Range<Int>? = nil) {
        pending += bytes
        // An empty kept range pins the insertion between what was before and after the replaced value.
        if let place { keep(place.upperBound..<place.upperBound) }
    }

    /// Everything between two kept ranges is replaced by what was inserted there.
    func edits(within range: Range<Int>, of text: UnsafeBufferPointer<UInt8>) -> [Edit] {
        var edits: [Edit] = []
        var position = range.lowerBound
        for (piece, bytes) in zip(kept, inserted) {
            // Kept ranges are in order, but the gap after `{` may be kept for a later member.
            let gap = position..<max(position, piece.lowerBound)
            if !text[gap].elementsEqual(bytes) { edits.append(Edit(gap, bytes)) }
            position = max(position, piece.upperBound)
        }
        return edits
    }
}
