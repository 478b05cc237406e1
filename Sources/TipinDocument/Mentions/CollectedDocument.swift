package import TipinJSON

/// A document and all that it says of assets.
package struct CollectedDocument: Sendable {
    /// What the root is (RULES "What is a document").
    package enum Kind: String, Sendable { case doc, chapter, book, record }

    /// An entity that encloses mentions. The first is the root.
    package struct Scope: Sendable {
        package var type: EntityType
        package var id: String?
        /// -1 for the root.
        var parent: Int32
    }

    /// One step of a JSON pointer.
    struct PathStep: Sendable {
        enum Name: Sendable {
            case key(String)
            case index(Int)
            /// Into a JSON text inside a string.
            case enter
        }
        var parent: Int32
        var name: Name
    }

    /// A string that holds HTML where a document is expected.
    package struct HTMLContent: Sendable {
        package var value: ByteRange
        package var pointer: String
        /// The addresses of its pictures.
        package var images: [HTMLImage]
    }

    /// One address in HTML, as it stands there.
    package struct HTMLImage: Sendable {
        /// `img src`.
        package var name: String
        package var address: String
        /// In the document's offsets.
        package var value: ByteRange
    }

    /// Addresses in a node that has none of its own and no id, so that it is no mention: a film with a `poster` alone.
    package struct LooseAddresses: Sendable, Equatable {
        /// Of the member with the first of them, in the document's offsets.
        package var value: ByteRange
        package var pointer: String
        package var content: RuleTable.Content
        package var addresses: [OtherAddress]
    }

    /// What stands in a field in the place of a picture, and in none of the shapes that name one.
    package struct UnknownValue: Sendable, Equatable {
        /// In the document's offsets.
        package var value: ByteRange
        package var pointer: String
    }

    /// A string that begins like a document where one is expected, and cannot be followed: nobody knows what it names.
    package struct UnreadContent: Sendable, Equatable {
        /// Where it cannot be read on, in the document's offsets.
        package var value: ByteRange
        /// Of the string.
        package var pointer: String
        /// Offsets in it are those of the text in the string.
        package var error: JSONError
    }

    package let bytes: [UInt8]
    package let rules: CompiledRules
    package internal(set) var kind: Kind
    /// The root's own `id`.
    package internal(set) var id: String?
    /// The root's `bookId`.
    package internal(set) var bookID: String?
    /// In the order of their places.
    package internal(set) var mentions: [Mention] = []
    package internal(set) var scopes: [Scope] = []
    /// Where manifests stand or would stand inside the document.
    package internal(set) var manifests: [ManifestPlace] = []
    package internal(set) var htmlContents: [HTMLContent] = []
    package internal(set) var unreadContents: [UnreadContent] = []
    package internal(set) var looseAddresses: [LooseAddresses] = []
    package internal(set) var unknownValues: [UnknownValue] = []
    var paths: [PathStep] = []
    var roles: [AssetRole] = []
    var suffixes: [String] = []

    /// The JSON pointer of the value that names the asset; `#` where it enters a string.
    package func pointer(of mention: Mention) -> String {
        pointer(ofPath: mention.path) + suffixes[Int(mention.suffix)]
    }

    /// The JSON pointer of the node or the field that the mention stands in, whichever member names the asset.
    package func ownerPointer(of mention: Mention) -> String { pointer(ofPath: mention.path) }

    /// Whether all that the document names is among its mentions.
    package var isFollowed: Bool { htmlContents.isEmpty && unreadContents.isEmpty && unknownValues.isEmpty }

    package func role(of mention: Mention) -> AssetRole { roles[Int(mention.role)] }

    /// Of `manifests`; -1 where the manifest is a file beside the document, as it is where a foreign one stands inside.
    package func manifestPlace(of mention: Mention) -> Int32 {
        mention.manifest >= 0 && manifests[Int(mention.manifest)].isForeign ? -1 : mention.manifest
    }

    /// What the mention's address leads to.
    package func content(of mention: Mention) -> RuleTable.Content {
        mention.site == .node ? rules.table.nodes[Int(mention.rule)].content : .picture
    }

    /// The nearest enclosing entity that has an id; `nil` where only the book is left.
    package func entity(of mention: Mention) -> Entity? {
        var index = mention.scope
        while index >= 0 {
            let scope = scopes[Int(index)]
            if let id = scope.id, index > 0 || kind != .book { return Entity(type: scope.type, id: id) }
            index = scope.parent
        }
        return nil
    }

    func pointer(ofPath path: Int32) -> String { Self.pointer(ofPath: path, in: paths) }

    static func pointer(ofPath path: Int32, in paths: [PathStep]) -> String {
        var parts: [String] = []
        var index = path
        while index >= 0 {
            let step = paths[Int(index)]
            switch step.name {
            case .key(let key): parts.append("/" + pointerStep(key))
            case .index(let number): parts.append("/\(number)")
            case .enter: parts.append("#")
            }
            index = step.parent
        }
        return parts.reversed().joined()
    }

    /// A key as a step of a JSON pointer (RFC 6901, 3).
    package static func pointerStep(_ key: String) -> String {
        let isPlain = !key.utf8.contains { $0 == UInt8(ascii: "~") || $0 == UInt8(ascii: "/") }
        return isPlain ? key : key.replacing("~", with: "~0").replacing("/", with: "~1")
    }
}
