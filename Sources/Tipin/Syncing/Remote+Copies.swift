internal import TipinAssets
internal import TipinSync

extension Remote {
    /// Whether the address is this book's own copy of the asset: bytes that came from it need not be sent for the book.
    func serves(_ url: String, _ asset: Asset, book: String) -> Bool {
        guard owns(url) else { return false }
        guard let current = currentURL(bookID: book, sha256: asset.sha256.description, ext: asset.ext) else {
            return true
        }
        return AssetLookup.normalized(current) == AssetLookup.normalized(url)
    }
}
