internal import TipinJSON

/// Finds every mention in a stream of tokens: the collect stage's inner loop.
///
/// One flat frame for each open object and array; whether an object is a mention is decided where it closes, because
/// members come in any order and of equal ones the last counts.
final class Collector: TokenConsumer {
    let text: UnsafeBufferPointer<UInt8>
    let rules: CompiledRules
    let depthLimit: Int
    /// For a JSON text inside a string: the collector of the text around it, and the way back to its offsets.
    let outer: (collector: Collector, text: UnescapedText)?
    let nesting: UInt8

    var result: Collection
    /// `frames[0...hot.top]` are open. Raw memory, because every token touches it.
    let frames: UnsafeMutablePointer<Frame>
    let hot: UnsafeMutablePointer<HotState>
    /// For each depth: the members that held mentions, by key, with those mentions.
    var keysWithMentions: [Int: [[UInt8]: Range<Int32>]] = [:]
    var root: RootFacts = RootFacts()
    private let rootFlags: Frame.Flags
    private let rootScope: Int32
    let rootPath: Int32

    /// What nearly every token reads or changes.
    struct HotState {
        /// The innermost open frame; -1 outside the root.
        var top = -1
        /// `result.mentions.count`.
        var mentionCount: Int32 = 0
    }

    /// What grows while collecting; handed from the outer collector to the inner one and back.
    struct Collection {
        var mentions: [Mention] = []
        var scopes: [CollectedDocument.Scope] = [.init(type: .book, id: nil, parent: -1)]
        var manifests: [ManifestPlace] = []
        var htmlContents: [CollectedDocument.HTMLContent] = []
        var paths: [CollectedDocument.PathStep] = []
        var roles: [AssetRole] = []
        var suffixes: [String] = [""]
    }

    /// What the root turned out to be.
    struct RootFacts {
        var isArray = false
        var isNodeArray = false
        var isNode = false
        /// `"type": "doc"` or the like.
        var isDocument = false
        var holdsDocument = false
        var wrapsDocument = false
        /// Its `content` is HTML.
        var holdsHTML = false
        var bookField = false
        /// Members that hold entities: only books have them.
        var collectionField = false
        var entityField: EntityType?
        var id: String?
        var bookID: String?
        var typeName: String?
        /// A root that is a string: the whole text is JSON in a string once more.
        var string: ByteRange = .none
    }

    init(_ text: UnsafeBufferPointer<UInt8>, rules: CompiledRules, depthLimit: Int) {
        self.text = text
        self.rules = rules
        self.depthLimit = depthLimit
        outer = nil
        nesting = 0
        result = Collection()
        rootFlags = []
        rootScope = 0
        rootPath = -1
        frames = .allocate(capacity: depthLimit + 1)
        hot = .allocate(capacity: 1)
        hot.initialize(to: HotState())
    }

    /// - Parameters:
    ///   - scope: of the member that holds the string.
    ///   - path: of the string.
    init(_ text: UnsafeBufferPointer<UInt8>, in outer: Collector, unescaped: UnescapedText, scope: Int32, path: Int32) {
        self.text = text
        rules = outer.rules
        depthLimit = outer.depthLimit
        self.outer = (outer, unescaped)
        nesting = outer.nesting + 1
        result = Collection()
        rootFlags = .inNodes
        rootScope = scope
        rootPath = path
        frames = .allocate(capacity: depthLimit + 1)
        hot = .allocate(capacity: 1)
        hot.initialize(to: HotState())
    }

    deinit {
        frames.deallocate()
        hot.deallocate()
    }

    func consume(_ tokens: UnsafeBufferPointer<Token>) -> Bool {
        for token in tokens {
            switch token.kind {
            case .key: key(token.range)
            case .string: string(token.range)
            case .number, .boolean, .null: scalar(token.range, token.kind)
            case .objectStart: open(token.range, isArray: false)
            case .arrayStart: open(token.range, isArray: true)
            case .objectEnd: closeObject(end: token.range.end)
            case .arrayEnd: closeArray(end: token.range.end)
            }
        }
        return true
    }

    // MARK: Members

    @inline(__always)
    private func key(_ token: ByteRange) {
        let top = hot.pointee.top
        let mentionCount = hot.pointee.mentionCount
        if mentionCount > frames[top].mentionsBefore { noteMember(top, mentionCount) }
        frames[top].key = token
        // The keys of a manifest are ids, whatever they look like.
        frames[top].meaning = frames[top].flags.contains(.isManifest) ? .other : rules.meaning(of: token, in: text)
        frames[top].mentionsBefore = mentionCount
        if frames[top].flags.contains(.hasMentions) { supersede(token, at: top) }
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
    private func string(_ token: ByteRange) {
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
    private func scalar(_ token: ByteRange, _ kind: TokenKind) {
        guard let top = beginValue(), !frames[top].isArray else { return }
        switch frames[top].meaning.kind {
        case .other: noteForeignEntry(top)
        case .type: frames[top].type = .none
        case .id: frames[top].id = kind == .number ? token : .none
        case .assetId: frames[top].flags.remove(.hasAssetID)
        case .sha256: frames[top].flags.remove(.hasDigest)
        case .attrs: frames[top].attributes = .none
        case .content, .wrapper: contentEnded(top, isDocument: false, from: hot.pointee.mentionCount)
        case .manifest: kind == .null ? clearManifest(token, top) : foreignManifest(token, top)
        case .field, .collection: noteField(top)
        case .bookId: if top == 0, nesting == 0 { root.bookID = kind == .number ? nonEmptyText(token) : nil }
        }
    }

    private func setFlag(_ flag: Frame.Flags, _ isOn: Bool, _ top: Int) {
        if isOn { frames[top].flags.insert(flag) } else { frames[top].flags.remove(flag) }
    }

    /// Counts the element where the value stands in an array.
    /// - Returns: the frame that the value stands in; `nil` for the root.
    @inline(__always)
    private func beginValue() -> Int? {
        let top = hot.pointee.top
        guard top >= 0 else { return nil }
        if frames[top].isArray { frames[top].index += 1 }
        return top
    }

    /// What stands in a manifest and is no object with a digest makes it foreign.
    @inline(__always)
    private func noteForeignEntry(_ top: Int) {
        if frames[top].flags.contains(.isManifest) { frames[top].flags.insert(.hasForeignEntry) }
    }

    /// Entries of a manifest are judged by their digest, FileRefs elsewhere by having one.
    private func isDigest(_ token: ByteRange, _ top: Int) -> Bool {
        guard frames[top].flags.contains(.inManifest) else { return token.count > 2 }
        if token.count == 66, FileRefFields.isDigest(text[(Int(token.start) + 1)..<(Int(token.end) - 1)]) {
            return true
        }
        return nonEmptyText(token).flatMap(FileRefFields.digest) != nil
    }

    private func foreignManifest(_ token: ByteRange, _ top: Int) {
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

    // MARK: Objects and arrays

    @inline(__always)
    private func open(_ token: ByteRange, isArray: Bool) {
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

    private func closeArray(end: UInt32) {
        let frame = frames[hot.pointee.top]
        hot.pointee.top -= 1
        let top = hot.pointee.top
        guard top >= 0 else {
            root.isArray = true
            root.isNodeArray = frame.flags.contains(.holdsNodes)
            return
        }
        guard !frames[top].isArray else { return }
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
    private func closeObject(end: UInt32) {
        let depth = hot.pointee.top
        let flags = frames[depth].flags
        if flags.isDisjoint(with: [.inManifest, .isAttributes]) {
            if maybeMention(depth) { emitMention(depth, ByteRange(Int(frames[depth].start), Int(end))) }
            if !flags.contains(.inNodes) { finishEntity(depth, ByteRange(Int(frames[depth].start), Int(end))) }
        }
        let top = depth - 1
        hot.pointee.top = top
        guard depth > 0 else {
            finishRoot(frames[depth])
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
            contentEnded(top, isDocument: isDocument, from: frames[top].mentionsBefore)
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

    private func finishRoot(_ frame: Frame) {
        root.isDocument = isDocument(frame)
        root.isNode = frame.type.isPresent && (frame.attributes.isPresent || frame.flags.contains(.hasContent))
        root.holdsDocument = frame.flags.contains(.holdsDocument) && frame.type.isNone
        root.wrapsDocument = frame.flags.contains(.wrapsDocument)
        root.id = frame.id.isPresent ? nonEmptyText(frame.id) : nil
        root.typeName = frame.type.isPresent ? nonEmptyText(frame.type) : nil
    }

    private static let documentTypes: Set<String> = ["doc", "document", "content", "manuscript"]

    func isDocument(_ frame: Frame) -> Bool {
        guard frame.type.isPresent, frame.type.count <= 24, let name = nonEmptyText(frame.type) else { return false }
        return name == "doc" || (Self.documentTypes.contains(name) && frame.flags.contains(.hasContent))
    }

    /// - Parameter first: the mentions that the value holds begin there.
    func contentEnded(_ top: Int, isDocument: Bool, from first: Int32) {
        let isContent = frames[top].meaning.kind == .content
        if isContent || isDocument { frames[top].contentMentions = first..<hot.pointee.mentionCount }
        if isContent {
            frames[top].flags.insert(.hasContent)
            setFlag(.holdsDocument, isDocument, top)
        } else if isDocument {
            frames[top].flags.insert(.wrapsDocument)
        }
    }

    /// The text of a string or number token; `nil` for an empty one.
    func nonEmptyText(_ token: ByteRange) -> String? {
        guard token.count > 0 else { return nil }
        let bytes = UnsafeBufferPointer(rebasing: text[token.range])
        guard bytes[0] == UInt8(ascii: "\"") else { return String(decoding: bytes, as: UTF8.self) }
        return token.count > 2 ? JSONString.text(bytes) : nil
    }
}
