/// What a remote made of an upload.
package struct RemoteCopy: Sendable, Equatable {
    /// The remote's own id, where it gives one.
    package var id: String?
    /// The address for readers; `nil` at a folder without a base.
    package var url: String?

    package init(id: String?, url: String?) {
        self.id = id
        self.url = url
    }
}
