package import TipinDocument

/// What links a document is to have: a change that can be made later, as often as one likes.
package struct LinkOrder: Sendable, Equatable, Codable {
    /// One link that is to be.
    package struct Link: Sendable, Hashable, Codable {
        package var assetID: String
        package var entity: Entity
        package var role: String
        package var sortOrder: Int

        package init(assetID: String, entity: Entity, role: String, sortOrder: Int) {
            self.assetID = assetID
            self.entity = entity
            self.role = role
            self.sortOrder = sortOrder
        }

        private enum CodingKeys: String, CodingKey {
            case assetID = "assetId"
            case entity, role, sortOrder
        }
    }

    package var mark: DocumentMark
    package var links: [Link]
    /// Whether a cover that did not come from this document gives way.
    package var replacesCovers: Bool
    /// `false` where the document was not understood whole: then nothing is dropped.
    package var removesOthers: Bool

    package init(mark: DocumentMark, links: [Link], replacesCovers: Bool, removesOthers: Bool) {
        self.mark = mark
        self.links = links
        self.replacesCovers = replacesCovers
        self.removesOthers = removesOthers
    }
}
