package import TipinDocument

/// Which assets are asked for; what is `nil` does not narrow.
package struct AssetFilter: Sendable, Equatable {
    package var book: String?
    package var entity: Entity?
    package var role: String?
    package var status: AssetStatus?

    package init(book: String? = nil, entity: Entity? = nil, role: String? = nil, status: AssetStatus? = nil) {
        self.book = book
        self.entity = entity
        self.role = role
        self.status = status
    }
}
