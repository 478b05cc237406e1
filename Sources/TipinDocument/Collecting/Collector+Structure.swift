internal import TipinJSON

/// Objects and arrays: where they open and where they close.
extension Collector {
    @inline(__always)
    func open(_ token: ByteRange, isArray: Bool) {
        let mentions = hot.pointee.mentionCount
        guard let top = beginValue() else {
            push(
                Frame(
                    isArray ? [rootFlags, .isArray] : rootFlags, start: token.start, scope: rootScope,
                    mentionsBefore: mentions))
            return
        }
        var flags: Frame.Flags = isArray ? .isArray : []
        let parent = frames[top].flags
        if !parent.isDisjoint(with: [.inNodes, .isAttributes]) { flags.insert(.inNodes) }
        if parent.contains(.inManifest) { flags.insert(.inManifest) }
        var scope = frames[top].scope
        var rule = frames[top].rule
        if frames[top].isArray {
            if parent.contains(.isField), !isArray { flags.insert(.isField) }
            if parent.contains(.isCollection) { openEntity(&flags, &scope, rule, isArray: isArray) }
        } else if frames[top].meaning.kind != .other {
            openMember(top, &flags, &scope, &rule, isArray: isArray)
        } else if parent.contains(.isCollection) {
            openEntity(&flags, &scope, rule, isArray: isArray)
        }
        push(Frame(flags, start: token.start, scope: scope, mentionsBefore: mentions, rule: rule))
    }

    @inline(__always)
    private func push(_ frame: Frame) {
        hot.pointee.top += 1
        (frames + hot.pointee.top).initialize(to: frame)
    }

    /// An element of a collection, or a value of one that is an object, is an entity.
    private func openEntity(_ flags: inout Frame.Flags, _ scope: inout Int32, _ rule: UInt8, isArray: Bool) {
        guard !isArray else { return }
        let type = rules.table.collections[Int(rule)].entity
        result.scopes.append(.init(type: type, id: nil, parent: scope))
        scope = Int32(result.scopes.count - 1)
    }

    private func openMember(
        _ top: Int, _ flags: inout Frame.Flags, _ scope: inout Int32, _ rule: inout UInt8, isArray: Bool
    ) {
        let meaning = frames[top].meaning
        let isInNodes = frames[top].flags.contains(.inNodes)
        switch meaning.kind {
        case .attrs:
            if !isArray { flags.insert([.isAttributes, .inNodes]) }
        case .content:
            flags.insert(.inNodes)
        case .manifest:
            flags.insert(isArray ? .inManifest : [.inManifest, .isManifest])
        case .field where !isInNodes:
            noteField(top)
            flags.insert(.isField)
            rule = meaning.index
        case .collection where !isInNodes:
            noteField(top)
            flags.insert(.isCollection)
            rule = meaning.index
        default:
            if frames[top].flags.contains(.isCollection) {
                openEntity(&flags, &scope, frames[top].rule, isArray: isArray)
            }
        }
    }

    func closeArray(end: UInt32) {
        let frame = frames[hot.pointee.top]
        hot.pointee.top -= 1
        let top = hot.pointee.top
        guard top >= 0 else {
            root.isArray = true
            root.isNodeArray = frame.flags.contains(.holdsNodes)
            return
        }
        guard !frames[top].isArray else {
            let isUnknown = frame.index >= 0 && hot.pointee.mentionCount == frame.mentionsBefore
            if isUnknown, frames[top].flags.contains(.isField) {
                noteUnknown(ByteRange(Int(frame.start), Int(end)), in: top)
            }
            return
        }
        switch frames[top].meaning.kind {
        case .content, .wrapper:
            let isNodes = frame.flags.contains(.holdsNodes) || frame.index < 0
            contentEnded(top, isDocument: isNodes, from: frames[top].mentionsBefore)
        case .manifest: foreignManifest(ByteRange(Int(frame.start), Int(end)), top)
        case .attrs: frames[top].attributes = .none
        case .other: noteForeignEntry(top)
        default: break
        }
    }

    @inline(__always)
    func closeObject(end: UInt32) {
        let depth = hot.pointee.top
        let flags = frames[depth].flags
        if flags.isDisjoint(with: [.inManifest, .isAttributes]) {
            if maybeMention(depth) { emitMention(depth, ByteRange(Int(frames[depth].start), Int(end))) }
            if !flags.contains(.inNodes) { finishEntity(depth, ByteRange(Int(frames[depth].start), Int(end))) }
        }
        let top = depth - 1
        hot.pointee.top = top
        guard depth > 0 else {
            finishRoot(frames[depth], isChapter: isChapter(depth))
            return
        }
        if frames[top].isArray {
            if frames[depth].type.isPresent { frames[top].flags.insert(.holdsNodes) }
            return
        }
        switch frames[top].meaning.kind {
        case .attrs: frames[top].attributes = ByteRange(Int(frames[depth].start), Int(end))
        case .content, .wrapper:
            let isDocument = isDocument(frames[depth]) || frames[depth].flags.contains(.wrapsDocument)
            contentEnded(top, isDocument: isDocument, isWhole: true, from: frames[top].mentionsBefore)
        case .manifest:
            frames[top].manifest = ByteRange(Int(frames[depth].start), Int(end))
            setFlag(.hasForeignManifest, flags.contains(.hasForeignEntry), top)
        case .other: if !flags.contains(.hasDigest) { noteForeignEntry(top) }
        default: break
        }
    }

    /// The test that nearly every object fails.
    @inline(__always)
    private func maybeMention(_ depth: Int) -> Bool {
        let flags = frames[depth].flags
        if flags.contains(.isField) || flags.contains([.hasAssetID, .hasDigest]) { return true }
        return frames[depth].type.isPresent && rules.nodeIndex(ofType: frames[depth].type, in: text) != nil
    }

    /// What an object outside the nodes says of itself.
    private func finishEntity(_ depth: Int, _ range: ByteRange) {
        let scope = frames[depth].scope
        if scope > 0, frames[depth].id.isPresent, depth == 0 || frames[depth - 1].scope != scope {
            result.scopes[Int(scope)].id = nonEmptyText(frames[depth].id)
        }
        placeManifest(depth, range)
    }

    private func finishRoot(_ frame: Frame, isChapter: Bool) {
        root.isDocument = isDocument(frame)
        root.isNode = frame.type.isPresent && (frame.attributes.isPresent || frame.flags.contains(.hasContent))
        root.holdsDocument = isChapter
        root.wrapsDocument = frame.flags.contains(.wrapsDocument)
        root.id = frame.id.isPresent ? nonEmptyText(frame.id) : nil
        root.typeName = frame.type.isPresent ? nonEmptyText(frame.type) : nil
    }

    private static let documentTypes: Set<String> = ["doc", "document", "content", "manuscript"]

    func isDocument(_ frame: Frame) -> Bool {
        guard frame.type.isPresent, frame.type.count <= 24, let name = nonEmptyText(frame.type) else { return false }
        if name == "doc" { return true }
        return Self.documentTypes.contains(name) && frame.flags.contains(.hasContent)
            && !frame.flags.contains(.holdsWholeDocument)
    }

    /// Whether the object has a document as its `content` and is no node, whose type would be its name: what holds a
    /// whole document, or stands among entities, or says its book, is none whatever `type` it has.
    func isChapter(_ depth: Int) -> Bool {
        let frame = frames[depth]
        guard frame.flags.contains(.holdsDocument), !isDocument(frame) else { return false }
        if frame.type.isNone || frame.flags.contains(.holdsWholeDocument) { return true }
        return depth == 0 ? root.bookID != nil : frames[depth - 1].flags.contains(.isCollection)
    }

    /// - Parameters:
    ///   - isWhole: whether it is more than the nodes of a document.
    ///   - first: the mentions that the value holds begin there.
    func contentEnded(_ top: Int, isDocument: Bool, isWhole: Bool = false, from first: Int32) {
        let isContent = frames[top].meaning.kind == .content
        if isContent || isDocument { frames[top].contentMentions = first..<hot.pointee.mentionCount }
        if isContent {
            frames[top].flags.insert(.hasContent)
            setFlag(.holdsDocument, isDocument, top)
            setFlag(.holdsWholeDocument, isDocument && isWhole, top)
        } else if isDocument {
            frames[top].flags.insert(.wrapsDocument)
        }
    }
}
