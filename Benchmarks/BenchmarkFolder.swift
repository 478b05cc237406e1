internal import Foundation
internal import TipinAssets
internal import TipinFiles

/// A temporary folder with the generated documents, and a data folder that knows their assets.
struct BenchmarkFolder {
    let path: String
    let folder: Folder
    let chapters: [String]
    let chapterBytes: Int
    let bookBytes: Int
    /// Bytes of each chapter before its pictures were imported.
    private static let chapterSize = 27_000
    private static let chapterCount = 2000

    init(at place: String? = nil) throws {
        let temporary = FileManager.default.temporaryDirectory.path + "/tipin-bench-\(UUID().uuidString)"
        path = place ?? temporary
        for name in ["book", "copies", "chapters", "new", "shapes"] {
            try FileManager.default.createDirectory(atPath: path + "/" + name, withIntermediateDirectories: true)
        }
        let folder = try Folder(opening: path)
        self.folder = folder
        let book = GeneratedCorpus.book(bytes: 90_000_000)
        try folder.createFile("book/book.json", mode: 0o600).write(book)
        bookBytes = book.count
        var total = 0
        chapters = try (0..<Self.chapterCount).map { number in
            let chapter = GeneratedCorpus.chapter(number, bytes: Self.chapterSize)
            total += chapter.count
            try folder.createFile("chapters/c\(number).json", mode: 0o600).write(chapter)
            return "chapters/c\(number).json"
        }
        chapterBytes = total
    }

    var dataFolder: String { path + "/data" }

    /// The chapters as they were before their pictures were imported, which a rewrite changes all of.
    ///
    /// Over those that stand there: a file system may be slow to make files where many have just been removed.
    func writeNewChapters() throws {
        for number in 0..<Self.chapterCount {
            let chapter = GeneratedCorpus.chapter(number, bytes: Self.chapterSize, isDone: false)
            try Data(chapter).write(to: URL(fileURLWithPath: path + "/new/c\(number).json"))
        }
    }

    /// A data folder with the rows of all assets, uploaded, without their bytes.
    /// - Parameter books: chapters of the book.
    func makeLibrary(chapters: Int) throws {
        let data = try DataFolder(path: dataFolder, creates: true)
        let catalog = try Catalog(path: data.path + "/catalog.sqlite", mode: .create)
        for start in stride(from: 0, to: chapters, by: 100) {
            try catalog.write { writer in
                for number in start..<min(chapters, start + 100) {
                    var assets: [GeneratedCorpus.Asset] = []
                    _ = GeneratedCorpus.chapter(number, bytes: Self.chapterSize) { assets.append($0) }
                    for asset in assets { try add(asset, to: writer) }
                }
            }
        }
    }

    private func add(_ asset: GeneratedCorpus.Asset, to writer: CatalogWriter) throws {
        let row = try writer.insert(
            NewAsset(
                sha256: asset.digest, ext: "png", mime: "image/png", size: 100_000, width: 640, height: 480,
                status: .pendingUpload))
        try writer.addBook(assetID: row.id, bookID: "bench", localPath: nil)
        let key = UploadKey(assetID: row.id, bookID: "bench", remote: "folder:served")
        _ = try writer.enqueueUpload(assetID: row.id, bookID: "bench", remote: key.remote)
        _ = try writer.markUploaded(key, remoteID: nil, remoteURL: asset.url)
    }

    func remove() throws { try FileManager.default.removeItem(atPath: path) }
}
