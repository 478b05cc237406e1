import TipinFiles
import TipinSync
import TipinTestSupport

/// A blob on disk, ready to be sent.
struct TestBlob {
    let bytes: [UInt8]
    let temporary: TemporaryFolder
    var item: UploadItem

    init(_ text: String = "a picture", book: String = "b1") throws {
        try self.init(Array(text.utf8), book: book)
    }

    init(_ bytes: [UInt8], book: String = "b1") throws {
        self.bytes = bytes
        temporary = try TemporaryFolder()
        item = UploadItem(
            bookID: book, sha256: SHA256Hex.digest(of: bytes), ext: "png", mime: "image/png", size: bytes.count,
            path: try temporary.write(bytes, to: "original.png"), tags: ["cover"], description: nil)
    }

    /// Where a folder remote puts it, for a book whose id needs no encoding.
    var copyName: String { "\(item.bookID)/\(item.sha256).png" }
}
