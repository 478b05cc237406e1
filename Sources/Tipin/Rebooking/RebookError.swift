/// Why a book does not get another id.
package enum RebookError: Error, Sendable, Equatable {
    case same(String)
    /// - Parameter standing: the new id, where the store has a book of that id: then it may be the one that is meant.
    case unknown(String, standing: String?)
    /// What stands against it, in words.
    case obstacles([String])
}
