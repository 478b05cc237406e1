import ArgumentParser

/// What names a file or a folder on the command line.
enum PathArgument {
    /// An empty one comes from a variable that is not set, and would mean the working folder.
    static func read(_ text: String) throws -> String {
        guard !text.isEmpty else { throw ValidationError("it must name a file or a folder") }
        return text
    }
}
