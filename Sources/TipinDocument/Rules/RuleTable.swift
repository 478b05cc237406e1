/// What in a document is a mention: data, so that a row is all that a further node or field takes.
package struct RuleTable: Sendable, Equatable {
    /// What a node's address leads to. Every reader gets every picture; the others are attachments, which are imported
    /// where the allowed types have theirs and else stay as they are.
    package enum Content: String, Sendable, CaseIterable { case picture, video, audio, file }

    /// A TipTap node or mark that names a picture or an attachment in its `attrs`, or beside its `type` where it has no
    /// `attrs`.
    package struct Node: Sendable, Equatable {
        package var type: String
        /// Attributes that hold an address, the first that is there counts and a new one is written to the first.
        package var addresses: [String]
        /// Attributes that hold an asset's id; a new one is written to the first.
        package var ids: [String]
        package var role: AssetRole
        package var content: Content
        /// Whether a node without any address or id is a picture that is missing.
        package var needsPicture: Bool
        /// In lower case: only addresses there count; empty where all do.
        package var hosts: [String] = []
        /// Whether it is a link: then its address is what a reader of the text is led to, and nothing without it.
        package var isLink = false

        package init(
            _ type: String, addresses: [String] = ["src"], ids: [String] = ["assetId"], role: AssetRole = .attachment,
            content: Content = .picture, needsPicture: Bool = true
        ) {
            self.type = type
            self.addresses = addresses
            self.ids = ids
            self.role = role
            self.content = content
            self.needsPicture = needsPicture
        }
    }

    /// A member of a book or an entity that names a picture, or an array of such.
    package struct Field: Sendable, Equatable {
        package var name: String
        package var role: AssetRole
        /// The kind of entity of a record file that has this field and does not say its kind.
        package var entity: EntityType
        /// Whether a string may be prose; then it is a mention only where it looks like an address.
        package var mayBeProse: Bool
        /// Whether a root with this field is a book.
        package var marksBook: Bool

        package init(
            _ name: String, role: AssetRole, entity: EntityType, mayBeProse: Bool = false, marksBook: Bool = false
        ) {
            self.name = name
            self.role = role
            self.entity = entity
            self.mayBeProse = mayBeProse
            self.marksBook = marksBook
        }
    }

    /// A member that holds entities of one kind.
    package struct Collection: Sendable, Equatable {
        package var name: String
        package var entity: EntityType

        package init(_ name: String, _ entity: EntityType) {
            self.name = name
            self.entity = entity
        }
    }

    package var nodes: [Node]
    package var fields: [Field]
    package var collections: [Collection]
    /// Members of a field's object that hold an address, the first that is there counts.
    package var fieldAddresses: [String]
    /// Members that hold the address where an object stands in its place, the first that is there counts.
    package var innerAddresses: [String]
    /// Members with further addresses of the same picture, or of one that goes with it: they are told of, not changed.
    package var alternates: [String]
    /// Members that wrap a document.
    package var wrappers: [String]
    /// Members that hold nodes.
    package var contents: [String]
}
