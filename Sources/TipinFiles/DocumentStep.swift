/// What is to become of one file, bound to what stands there.
package struct DocumentStep: Sendable, Equatable {
    /// Absolute.
    package var path: String
    /// The whole file as it was read; `nil` where there must be none.
    package var before: [UInt8]?
    /// `nil` where the file is to go.
    package var after: [UInt8]?
    /// What a file gets that is made where none stands; `nil` for what every new file has. Of the attributes of people
    /// and programs only those that the file system takes.
    package var attributes: FileAttributes?

    package init(
        _ path: String, from before: [UInt8]?, to after: [UInt8]?, attributes: FileAttributes? = nil
    ) {
        self.path = path
        self.before = before
        self.after = after
        self.attributes = attributes
    }

    /// The step that leads back.
    package var inverted: DocumentStep { DocumentStep(path, from: after, to: before) }

    package var isChange: Bool { before != after }
}
