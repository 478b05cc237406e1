internal import GRDBSQLite

/// The columns of the row on which a statement stands, read where SQLite has them: a run reads one row for each picture
/// of a book.
///
/// An app may have written any type into a column: what is of another type counts as null, it is never a crash.
struct CatalogRow {
    private let statement: OpaquePointer

    /// - Parameter statement: stands on a row for as long as this is read.
    init(_ statement: OpaquePointer) { self.statement = statement }

    /// The text in a column, also one that an app bound as bytes; `nil` for null and for other types.
    func text(_ column: Int32) -> String? {
        let type = type(column)
        guard let bytes = bytes(column, type) else { return nil }
        return type == SQLITE_BLOB
            ? String(validating: bytes, as: UTF8.self) : String(decoding: bytes, as: UTF8.self)
    }

    /// Whether the text in a column is this one.
    func hasText(_ text: String, _ column: Int32) -> Bool {
        var text = text
        return text.withUTF8 { text in bytes(column, type(column)).map { $0.elementsEqual(text) } ?? false }
    }

    /// The digest in a column; `nil` for what is none.
    func digest(_ column: Int32) -> SHA256Digest? { bytes(column, type(column)).flatMap { SHA256Digest(hex: $0) } }

    /// The whole number in a column; `nil` for null and for other types.
    func integer(_ column: Int32) -> Int? {
        switch type(column) {
        case SQLITE_INTEGER: Int(sqlite3_column_int64(statement, column))
        case SQLITE_FLOAT: Int(exactly: sqlite3_column_double(statement, column).rounded(.towardZero))
        default: nil
        }
    }

    /// The number of bytes in a column; of a number that no file can have, the nearest that one can. `nil` as in
    /// `integer`.
    func byteCount(_ column: Int32) -> Int? { integer(column).map { min(max($0, 0), Self.largestFile) } }

    /// What ext4 takes: 16 TiB.
    private static let largestFile = 1 << 44

    /// The truth value in a column; `nil` for null and for other types.
    func truth(_ column: Int32) -> Bool? { integer(column).map { $0 != 0 } }

    /// The bytes of a text, or those that an app bound, until the next row; `nil` for null and for other types.
    func bytes(_ column: Int32) -> UnsafeBufferPointer<UInt8>? { bytes(column, type(column)) }

    /// Whether a column has bytes that are not said to be a text.
    func isBlob(_ column: Int32) -> Bool { type(column) == SQLITE_BLOB }

    private func type(_ column: Int32) -> Int32 { sqlite3_column_type(statement, column) }

    /// Which SQLite keeps until the next step.
    private func bytes(_ column: Int32, _ type: Int32) -> UnsafeBufferPointer<UInt8>? {
        let bytes: UnsafePointer<UInt8>?
        switch type {
        case SQLITE_TEXT: bytes = sqlite3_column_text(statement, column)
        // Safe because bytes are read as bytes.
        case SQLITE_BLOB: bytes = sqlite3_column_blob(statement, column)?.assumingMemoryBound(to: UInt8.self)
        default: bytes = nil
        }
        guard let bytes else { return nil }
        return UnsafeBufferPointer(start: bytes, count: Int(sqlite3_column_bytes(statement, column)))
    }
}
