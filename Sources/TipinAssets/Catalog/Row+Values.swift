internal import GRDB

extension Row {
    // An app may have written any type into a column: what is of another type counts as null, it is never a crash.

    /// The text in a column; `nil` for null and for other types.
    func text(_ index: Int) -> String? { String.fromDatabaseValue(self[index] as DatabaseValue) }

    /// The whole number in a column; `nil` for null and for other types.
    func integer(_ index: Int) -> Int? { Int.fromDatabaseValue(self[index] as DatabaseValue) }

    /// The truth value in a column; `nil` for null and for other types.
    func truth(_ index: Int) -> Bool? { integer(index).map { $0 != 0 } }
}
