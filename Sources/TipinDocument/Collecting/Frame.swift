internal import TipinJSON

/// An object or array that the collector is inside of. One is reset for every `{` and `[`, so it is small and flat.
struct Frame {
    struct Flags: OptionSet {
        let rawValue: UInt32
        static let isArray = Flags(rawValue: 1 << 0)
        /// Below a `content`: fields of books have no meaning there.
        static let inNodes = Flags(rawValue: 1 << 1)
        /// The attributes of a node: never a FileRef.
        static let isAttributes = Flags(rawValue: 1 << 2)
        static let inManifest = Flags(rawValue: 1 << 3)
        /// Its objects are entities.
        static let isCollection = Flags(rawValue: 1 << 4)
        static let hasAssetID = Flags(rawValue: 1 << 5)
        static let hasDigest = Flags(rawValue: 1 << 6)
        /// An array with an object that has a `type`, or an empty one.
        static let holdsNodes = Flags(rawValue: 1 << 7)
        /// An object whose `content` is a document.
        static let holdsDocument = Flags(rawValue: 1 << 8)
        /// An object whose wrapper member is a document.
        static let wrapsDocument = Flags(rawValue: 1 << 9)
        static let hasContent = Flags(rawValue: 1 << 10)
        /// Some member's value held mentions: equal keys must be watched for.
        static let hasMentions = Flags(rawValue: 1 << 11)
        /// The value of a book field, or an element of one.
        static let isField = Flags(rawValue: 1 << 12)
        static let hasForeignManifest = Flags(rawValue: 1 << 13)
        /// The manifest itself: its objects are entries.
        static let isManifest = Flags(rawValue: 1 << 14)
        /// A manifest with a value that is no entry.
        static let hasForeignEntry = Flags(rawValue: 1 << 15)
        /// An object whose `content` is a document and not the nodes of one, as it is in no node.
        static let holdsWholeDocument = Flags(rawValue: 1 << 16)
    }

    var flags: Flags
    /// Of the member whose value comes next or is open.
    var meaning: KeyMeaning
    /// Of the rule, where `isField` or `isCollection`.
    var rule: UInt8
    var start: UInt32
    var key: ByteRange
    /// The element that is open; -1 before the first.
    var index: Int32
    var scope: Int32
    /// Of the paths collected so far; -1 until a mention needs it.
    var path: Int32
    /// The mentions before the open member.
    var mentionsBefore: Int32
    var type: ByteRange
    var id: ByteRange
    var attributes: ByteRange
    var manifest: ByteRange
    /// The mentions in `content` or the wrapper.
    var contentMentions: Range<Int32>

    init(_ flags: Flags, start: UInt32, scope: Int32, mentionsBefore: Int32, rule: UInt8 = 0) {
        self.flags = flags
        self.start = start
        self.scope = scope
        self.mentionsBefore = mentionsBefore
        self.rule = rule
        meaning = .other
        key = .none
        index = -1
        path = -1
        type = .none
        id = .none
        attributes = .none
        manifest = .none
        contentMentions = 0..<0
    }

    var isArray: Bool { flags.contains(.isArray) }
}
