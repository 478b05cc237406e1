import Foundation
import Testing
import TipinDiagnostics
import TipinSync
import TipinTestSupport

struct RemoteOpenerTests {
    private func open(_ name: String, in folder: String = "/home/me/books") throws -> any Remote {
        try RemoteOpener.open(
            name, relativeTo: folder, options: RemoteOptions(), threads: TransferThreads(count: 1))
    }

    @Test(arguments: [
        ("folder:/srv/pictures", "folder:/srv/pictures"),
        ("folder:/srv/pictures/?base=https://cdn.example/", "folder:/srv/pictures"),
        ("folder:pictures", "folder:/home/me/books/pictures"),
        ("folder:./.tipin/remote?base=https%3A%2F%2Fcdn.example", "folder:/home/me/books/.tipin/remote"),
        ("folder:../pictures//a/.", "folder:/home/me/pictures/a"),
        ("folder:../../../../../srv", "folder:/srv"),
        ("folder:///srv/a b%20c", "folder:/srv/a b%20c"),
        ("FOLDER:/srv", "folder:/srv"),
        ("folder:.", "folder:/home/me/books"),
        ("https://Books.example", "https://books.example"),
        ("https://books.example:443/app/", "https://books.example/app"),
        ("HTTP://localhost:8080/", "http://localhost:8080"),
    ])
    func `names a remote for good`(_ name: String, _ lasting: String) throws {
        #expect(try open(name).name.rawValue == lasting)
    }

    @Test(
        arguments: [
            ("folder:/srv", nil),
            ("folder:/srv?", nil),
            ("folder:/srv?base=https://cdn.example", "https://cdn.example/b1/"),
            ("folder:/srv?base=https://cdn.example/a/", "https://cdn.example/a/b1/"),
            ("folder:/srv?base=https%3A%2F%2Fcdn.example%3A8443%2Fa%20b", "https://cdn.example:8443/a%20b/b1/"),
        ] as [(String, String?)])
    func `reads the base from the query`(_ name: String, _ prefix: String?) throws {
        let remote = try open(name)
        let digest = String(repeating: "a", count: 64)
        #expect(remote.canPublish == (prefix != nil))
        #expect(
            remote.currentURL(bookID: "b1", sha256: digest, ext: "png") == prefix.map { $0 + digest + ".png" })
    }

    @Test(arguments: [
        "", "folder", "folder:", "folder:?base=https://cdn.example", "/srv/pictures", "pictures", "s3://bucket",
        "file:///srv", "https://", "https:", "https://me:secret@books.example", "https://books.example/?a=1",
        "https://books.example/#a", "folder:/srv?base=", "folder:/srv?base=cdn.example", "folder:/srv?base=%zz",
        "folder:/srv?base=ftp://cdn.example", "folder:/srv?bass=https://cdn.example",
        "folder:/srv?base=https://a.example&base=https://b.example", "folder:/srv?base=https://a.example/%3Fq=1",
        "folder:/srv?base=https://me:secret@cdn.example", "folder:/srv\0?base=https://a.example",
        "https://books.example/\n",
    ])
    func `refuses a name that means nothing, and shows the two forms`(_ name: String) throws {
        let error = #expect(throws: RemoteError.self) { _ = try open(name) }
        guard case .badName(name, _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        let problem = try #require(error).problem
        #expect(problem.code == .noRemote)
        let words = (problem.notes + problem.help).joined()
        #expect(words.contains("folder:PATH?base=") && words.contains("https://HOST"))
        #expect(!words.contains("secret"))
    }

    @Test func `creates nothing`() throws {
        let temporary = try TemporaryFolder()
        _ = try open("folder:srv?base=https://cdn.example", in: temporary.path)
        #expect(try FileManager.default.contentsOfDirectory(atPath: temporary.path) == [])
    }
}
