/// Why a book does not get another id.
package enum RebookError: Error, Sendable, Equatable {
    case same(String)
    case unknown(String)
    /// What stands against it, in words.
    case obstacles([String])
}
