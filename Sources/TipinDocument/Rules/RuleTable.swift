/// What in a document is a mention: data, so that a row is all that a further node or field takes.
package struct RuleTable: Sendable, Equatable {
    /// A TipTap node that names a picture in its `attrs`.
    package struct Node: Sendable, Equatable {
        package var type: String
        /// Attributes that hold an address, the first that is there counts.
        package var addresses: [String]
        /// Attributes that hold an asset's id.
        package var ids: [String]
        package var role: AssetRole
        /// Whether a node without any address or id is a picture that is missing.
        package var needsPicture: Bool

        package init(
            _ type: String, addresses: [String] = ["src"], ids: [String] = ["assetId"], role: AssetRole = .attachment,
            needsPicture: Bool = true
        ) {
            self.type = type
            self.addresses = addresses
            self.ids = ids
            self.role = role
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
    /// Members that wrap a document.
    package var wrappers: [String]
    /// Members that hold nodes.
    package var contents: [String]

    package static let builtIn = RuleTable(
        nodes: [
            Node("image", addresses: ["src", "url"]),
            Node("imageResize"),
            Node("resizableImage"),
            Node("imageBlock"),
            Node("blockImage"),
            Node("figure", needsPicture: false),
            Node("divider", addresses: ["src", "url", "image"], role: .divider, needsPicture: false),
        ],
        fields: [
            Field("coverImage", role: .cover, entity: .book, marksBook: true),
            Field("gallery", role: .gallery, entity: .book, marksBook: true),
            Field("avatar", role: .avatar, entity: .character),
            Field("map", role: .map, entity: .world, mayBeProse: true),
            Field("lore", role: .lore, entity: .world, mayBeProse: true),
        ],
        collections: [
            Collection("chapters", .chapter), Collection("characters", .character), Collection("worlds", .world),
            Collection("locations", .location), Collection("objects", .object),
        ],
        fieldAddresses: ["src", "url", "href", "path"],
        wrappers: ["document", "body", "json", "data"],
        contents: ["content", "children"]
    )
}
