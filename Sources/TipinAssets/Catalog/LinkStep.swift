package import TipinDocument

/// What the links of one document were and what they became: enough to go either way.
package struct LinkStep: Sendable, Equatable, Codable {
    /// A link with everything that makes it again.
    package struct Link: Sendable, Hashable, Codable {
        package var assetID: String
        package var entity: Entity
        package var role: String
        package var sortOrder: Int
        package var tags: [String]
        package var description: String?
        /// The documents that made it; empty for one of the app's.
        package var marks: [DocumentMark]

        private enum CodingKeys: String, CodingKey {
            case assetID = "assetId"
            case entity, role, sortOrder, tags, description, marks
        }

        package init(
            assetID: String, entity: Entity, role: String, sortOrder: Int, tags: [String], description: String?,
            marks: [DocumentMark]
        ) {
            self.assetID = assetID
            self.entity = entity
            self.role = role
            self.sortOrder = sortOrder
            self.tags = tags
            self.description = description
            self.marks = marks
        }

        init(_ link: AssetLink, marks: [DocumentMark]) {
            self.init(
                assetID: link.assetID, entity: link.entity, role: link.role, sortOrder: link.sortOrder,
                tags: link.tags, description: link.description, marks: marks)
        }

        func isSame(as other: Link) -> Bool {
            assetID.hasSameBytes(as: other.assetID) && entity == other.entity && role.hasSameBytes(as: other.role)
        }
    }

    package var mark: DocumentMark
    /// The links that the document had made.
    package var before: [Link]
    /// The links that it has made now.
    package var after: [Link]
    /// Covers of others that had to go for one of this document's.
    package var displaced: [Link]

    package init(mark: DocumentMark, before: [Link], after: [Link], displaced: [Link]) {
        self.mark = mark
        self.before = before
        self.after = after
        self.displaced = displaced
    }

    package var isEmpty: Bool { before == after && displaced.isEmpty }

    /// The assets that either side names.
    package var assetIDs: Set<String> { Set((before + after + displaced).map(\.assetID)) }
}
