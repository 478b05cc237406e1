internal import Foundation
internal import TipinFiles

/// A temporary folder with the generated documents.
struct BenchmarkFolder {
    let path: String
    let folder: Folder
    let chapters: [String]
    let chapterBytes: Int
    let bookBytes: Int

    init() throws {
        let url = FileManager.default.temporaryDirectory.appendingPathComponent("tipin-bench-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: url.appendingPathComponent("copies"), withIntermediateDirectories: true)
        path = url.path
        let folder = try Folder(opening: path)
        self.folder = folder
        let book = GeneratedCorpus.book(bytes: 90_000_000)
        try folder.createFile("book.json", mode: 0o600).write(book)
        bookBytes = book.count
        var total = 0
        chapters = try (0..<2000).map { number in
            let chapter = GeneratedCorpus.chapter(number, bytes: 27_000)
            total += chapter.count
            try folder.createFile("c\(number).json", mode: 0o600).write(chapter)
            return "c\(number).json"
        }
        chapterBytes = total
    }

    func remove() throws { try FileManager.default.removeItem(atPath: path) }
}
