import ArgumentParser

/// What names a book, an asset, a run and the like on the command line.
enum NameArgument {
    /// An empty one comes from a variable that is not set, and would mean any of them, or none.
    static func read(_ text: String) throws -> String {
        guard !text.isEmpty else { throw ValidationError("it must not be empty") }
        return text
    }
}
