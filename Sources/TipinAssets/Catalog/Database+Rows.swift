internal import GRDB

extension Database {
    /// Gives the rows of a query one by one.
    /// - Parameter body: gets a row that is read before the next one.
    func forEachRow(
        _ sql: String, _ arguments: StatementArguments = [], _ body: (CatalogRow) throws -> Void
    ) throws {
        let statement = try cachedStatement(sql: sql)
        let cursor = try Row.fetchCursor(statement, arguments: arguments)
        let row = CatalogRow(statement.sqliteStatement)
        while try cursor.next() != nil { try body(row) }
    }
}
