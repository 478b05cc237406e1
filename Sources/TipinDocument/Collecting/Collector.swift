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
    let nesting: UInt16
    /// Objects, arrays and strings that this text stands in.
    let levelsAround: Int
    /// Of this text and those around it, together.
    let openBytes: Int
    /// What those may have at most.
    let openBytesLimit: Int

    var result: Collection
    /// `frames[0...hot.top]` are open. Raw memory, because every token touches it.
    let frames: UnsafeMutablePointer<Frame>
    let hot: UnsafeMutablePointer<HotState>
    /// For each depth: the members that held mentions, by key, with those mentions.
    var keysWithMentions: [Int: [[UInt8]: Range<Int32>]] = [:]
    var root: RootFacts = RootFacts()
    let rootFlags: Frame.Flags
    let rootScope: Int32
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
        var unreadContents: [CollectedDocument.UnreadContent] = []
        var looseAddresses: [CollectedDocument.LooseAddresses] = []
        var unknownValues: [CollectedDocument.UnknownValue] = []
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
        /// A member in which a document may stand begins like one in a string, and cannot be read.
        var holdsUnread = false
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
        levelsAround = 0
        openBytes = text.count
        openBytesLimit = max(text.count * Self.openBytesRatio, Self.openBytesMinimum)
        result = Collection()
        rootFlags = []
        rootScope = 0
        rootPath = -1
        frames = .allocate(capacity: depthLimit + 1)
        hot = .allocate(capacity: 1)
        hot.initialize(to: HotState())
    }

    /// Each text inside another is a copy, and all around one are kept for the way back: so many documents, but at
    /// least as much as the longest chain of strings takes that the usual limit of levels lets through.
    private static let openBytesRatio = 8
    private static let openBytesMinimum = 256 << 20

    /// - Parameters:
    ///   - scope: of the member that holds the string.
    ///   - path: of the text in the string.
    init(_ text: UnsafeBufferPointer<UInt8>, in outer: Collector, unescaped: UnescapedText, scope: Int32, path: Int32) {
        self.text = text
        levelsAround = outer.levelsOfNextText
        openBytes = outer.openBytes + text.count
        openBytesLimit = outer.openBytesLimit
        rules = outer.rules
        depthLimit = outer.depthLimit
        self.outer = (outer, unescaped)
        nesting = outer.nesting + 1
        result = Collection()
        rootFlags = .inNodes
        rootScope = scope
        rootPath = path
        frames = .allocate(capacity: depthLimit - levelsAround + 1)
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

    /// Objects, arrays and strings around a text in the string that was read last.
    var levelsOfNextText: Int { levelsAround + hot.pointee.top + 2 }

    /// The text of a string or number token; `nil` for an empty one.
    func nonEmptyText(_ token: ByteRange) -> String? {
        guard token.count > 0 else { return nil }
        let bytes = UnsafeBufferPointer(rebasing: text[token.range])
        guard bytes[0] == UInt8(ascii: "\"") else { return String(decoding: bytes, as: UTF8.self) }
        return token.count > 2 ? JSONString.text(bytes) : nil
    }
}
