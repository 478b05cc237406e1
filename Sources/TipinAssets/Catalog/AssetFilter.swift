package import TipinDocument

/// Which assets are asked for; what is `nil` does not narrow.
package struct AssetFilter: Sendable, Equatable {
    /// Assets of any of them; of all where empty.
    package var books: [String] = []
    package var entity: Entity?
    package var role: String?
    package var status: AssetStatus?

    package init(books: [String], entity: Entity? = nil, role: String? = nil, status: AssetStatus? = nil) {
        self.books = books
        self.entity = entity
        self.role = role
        self.status = status
    }
    package init(book: String? = nil, entity: Entity? = nil, role: String? = nil, status: AssetStatus? = nil) {
        self.init(books: book.map { [$0] } ?? [], entity: entity, role: role, status: status)
    }
}
