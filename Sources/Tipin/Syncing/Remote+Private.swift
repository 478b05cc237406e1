internal import TipinSync

extension Remote {
    /// Whether what it publishes has addresses that one network knows only: then private ones are meant.
    var isPrivate: Bool {
        let digest = String(repeating: "0", count: 64)
        let address = currentURL(bookID: "book", sha256: digest, ext: "png") ?? name.rawValue
        return (try? WebURL(address))?.hasPrivateHost ?? false
    }
}
