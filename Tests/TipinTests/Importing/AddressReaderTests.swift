import Foundation
import Testing
import Tipin
import TipinAssets
import TipinDiagnostics
import TipinTestSupport

/// RULES 3, 4 and "Local files": what an address alone leads to.
struct AddressReaderTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let src: String
        var file = "c1.json"
        var code = "outside-roots"
        let place: @Sendable (inout TestBook) throws -> Void
    }

    static let readable = [
        Case(testDescription: "base64", src: "$data1") { _ in },
        Case(testDescription: "percent-encoded", src: Picture(1).percentEncodedDataURL) { _ in },
        Case(testDescription: "relative to the document", src: "../pics/1.png", file: "part/c1.json") { book in
            try book.write(Picture(1), to: "pics/1.png")
        },
        Case(testDescription: "relative with spaces encoded", src: "my%20pics/1.png?v=2") { book in
            try book.write(Picture(1), to: "my pics/1.png")
        },
        Case(testDescription: "relative to the media root", src: "pics/1.png") { book in
            book.settings.mediaRoot = book.temporary.path + "/media"
            try book.temporary.write(Picture(1).bytes, to: "media/pics/1.png")
        },
        Case(testDescription: "absolute below the media root", src: "/pics/1.png") { book in
            book.settings.mediaRoot = book.temporary.path + "/media"
            try book.temporary.write(Picture(1).bytes, to: "media/pics/1.png")
        },
        Case(testDescription: "a host's folder below the media root", src: "http://old.example/a/1.png") { book in
            book.settings.mediaRoot = book.temporary.path + "/media"
            try book.temporary.write(Picture(1).bytes, to: "media/old.example/a/1.png")
        },
        Case(testDescription: "a query that tells the picture", src: "http://old.example/img?id=1") { book in
            book.settings.mediaRoot = book.temporary.path + "/media"
            try book.temporary.write(Picture(1).bytes, to: "media/old.example/img?id=1")
            try book.temporary.write(Picture(2).bytes, to: "media/old.example/img")
        },
        Case(testDescription: "a query that only serves", src: "http://old.example/1.png?w=600") { book in
            book.settings.mediaRoot = book.temporary.path + "/media"
            try book.temporary.write(Picture(1).bytes, to: "media/old.example/1.png")
        },
        Case(testDescription: "the base's host in the media root", src: "https://old.example/a/1.png") { book in
            book.settings.mediaRoot = book.temporary.path + "/media"
            book.settings.baseURL = "https://old.example/"
            try book.temporary.write(Picture(1).bytes, to: "media/a/1.png")
        },
        Case(testDescription: "relative to the base, below the media root", src: "a/1.png") { book in
            book.settings.mediaRoot = book.temporary.path + "/media"
            book.settings.baseURL = "https://old.example/shop/"
            try book.temporary.write(Picture(1).bytes, to: "media/old.example/shop/a/1.png")
        },
        Case(testDescription: "a legacy host's own folder", src: "//old.example/a/1.png") { book in
            book.settings.legacyRoots["old.example"] = book.temporary.path + "/served"
            try book.temporary.write(Picture(1).bytes, to: "served/a/1.png")
        },
        Case(testDescription: "a file URL below a root", src: "file://$root/pics/1%2B1.png") { book in
            book.settings.localRoots = [book.temporary.path + "/pics"]
            try book.temporary.write(Picture(1).bytes, to: "pics/1+1.png")
        },
        Case(testDescription: "a Tauri asset URL below a root", src: "asset://localhost/$rootEncoded%2Fpics%2F1.png") {
            book in
            book.settings.localRoots = [book.temporary.path + "/pics"]
            try book.temporary.write(Picture(1).bytes, to: "pics/1.png")
        },
        Case(testDescription: "a link that stays below the root", src: "linked.png") { book in
            try book.write(Picture(1), to: "pics/1.png")
            try FileManager.default.createSymbolicLink(
                atPath: book.path + "/linked.png", withDestinationPath: "pics/1.png")
        },
    ]

    private static func expanded(_ src: String, _ book: TestBook) -> String {
        let encoded = book.temporary.path.dropFirst().replacing("/", with: "%2F")
        return src.replacing("$rootEncoded", with: "%2F" + encoded).replacing("$root", with: book.temporary.path)
    }

    @Test(arguments: readable) func `an address leads to its picture`(_ readable: Case) async throws {
        var book = try TestBook(hasRemote: false)
        try readable.place(&book)
        try book.write(Chapter.text(#"{"src":"\#(Self.expanded(readable.src, book))"}"#), to: readable.file)
        let report = try await book.run(.migrate)
        #expect(report.status == .success)
        #expect(Set(report.codes).isSubset(of: ["src-removed"]))
        #expect(report.importedAssets == 1)
        let src = readable.src.hasPrefix("http") || readable.src.hasPrefix("//") ? #""src":"\#(readable.src)","# : ""
        let node = src.isEmpty ? #"{"assetId":"$id1"}"# : "{" + src + #""assetId":"$id1"}"#
        #expect(
            try book.read(readable.file)
                == book.expanded(Chapter.text(node, manifest: "{" + Chapter.entry(1) + "}")))
    }

    static let outside = [
        Case(testDescription: "above the folder", src: "../secret.png") { _ in },
        Case(testDescription: "an absolute path", src: "$root/secret.png") { _ in },
        Case(testDescription: "a file URL", src: "file://$root/secret.png") { _ in },
        Case(testDescription: "an encoded way up", src: "%2e%2e/secret.png", code: "asset-missing") { _ in },
        Case(testDescription: "a symbolic link out of the root", src: "link.png") { book in
            try FileManager.default.createSymbolicLink(
                atPath: book.path + "/link.png", withDestinationPath: book.temporary.path + "/secret.png")
        },
        Case(testDescription: "a linked folder out of the root", src: "out/secret.png") { book in
            try FileManager.default.createSymbolicLink(
                atPath: book.path + "/out", withDestinationPath: book.temporary.path)
        },
        Case(testDescription: "the data folder", src: "$root/data/other.png") { book in
            try book.temporary.write(Picture(1).bytes, to: "data/other.png")
        },
    ]

    @Test(arguments: outside) func `a file outside the roots is not read`(_ outside: Case) async throws {
        var book = try TestBook(hasRemote: false)
        try book.temporary.write(Picture(1).bytes, to: "secret.png")
        try outside.place(&book)
        let text = Chapter.text(#"{"src":"\#(Self.expanded(outside.src, book))"}"#)
        try book.write(text)
        let report = try await book.run(.migrate, ["c1.json"])
        #expect(report.codes == [outside.code])
        #expect(report.importedAssets == 0)
        #expect(try book.read() == text)
    }

    @Test func `whether a file outside exists is not told`() async throws {
        let book = try TestBook(hasRemote: false)
        try book.write(Chapter.text(#"{"src":"../nothing.png"}"#))
        #expect(try await book.run(.migrate).codes == ["outside-roots"])
    }

    struct Refusal: Sendable, CustomTestStringConvertible {
        var testDescription: String { code }
        let code: String
        let src: String
        var bytes: [UInt8]?
        var change: @Sendable (inout TestBook) -> Void = { _ in }
    }

    static let refusals = [
        Refusal(code: "asset-missing", src: "gone.png"),
        Refusal(code: "address-dead", src: "blob:https://app.example/1"),
        Refusal(code: "address-dead", src: "idb:pictures/1"),
        Refusal(code: "address-dead", src: "{{cover}}"),
        Refusal(code: "address-dead", src: ""),
        Refusal(code: "data-url-invalid", src: "data:image/png;base64"),
        Refusal(code: "not-an-image", src: "data:text/plain,hello"),
        Refusal(code: "svg-refused", src: "a.svg", bytes: Array("<svg xmlns='http://www.w3.org/2000/svg'/>".utf8)),
        Refusal(code: "image-damaged", src: "a.png", bytes: Array(Picture(1).bytes.dropLast(20))),
        Refusal(code: "asset-too-large", src: "a.png", bytes: Picture(1).bytes) {
            $0.settings.importLimits.maxBytes = 50
        },
        Refusal(code: "type-not-allowed", src: "a.png", bytes: Picture(1).bytes) {
            $0.settings.importLimits.allowed = [.jpeg]
        },
    ]

    @Test(arguments: refusals) func `what is no usable picture is named and left`(_ refusal: Refusal) async throws {
        var book = try TestBook(hasRemote: false)
        refusal.change(&book)
        if let bytes = refusal.bytes { try book.temporary.write(bytes, to: "book/" + refusal.src) }
        let text = Chapter.text(#"{"src":"\#(refusal.src)"}"#, #"{"src":"$data2"}"#)
        try book.write(text)
        let report = try await book.run(.migrate)
        #expect(report.codes.contains(refusal.code))
        #expect(report.status == .failure)
        #expect(try book.read().contains(#""src":"\#(refusal.src)""#))
        #expect(!book.manifest(below: "data").keys.contains { $0.contains(Picture(1).sha256) })
    }

    @Test func `an ending of another type is a warning`() async throws {
        let book = try TestBook(hasRemote: false)
        try book.write(Picture(1), to: "a.jpg")
        try book.write(Chapter.text(#"{"src":"a.jpg"}"#))
        let report = try await book.run(.migrate)
        #expect(report.codes == ["src-removed", "type-mismatch"])
        #expect(report.status == .success)
    }

    // MARK: Addresses that are known already

    private func legacyBook() async throws -> TestBook {
        var book = try TestBook(hasRemote: false)
        book.settings.mediaRoot = book.temporary.path + "/media"
        try book.temporary.write(Picture(1).bytes, to: "media/old.example/a.png")
        try book.write(Chapter.text(#"{"src":"https://old.example/a.png"}"#))
        #expect(try await book.run(.migrate).importedAssets == 1)
        try book.temporary.write(Picture(2).bytes, to: "media/old.example/a.png")
        try book.write(Chapter.text(#"{"src":"https://OLD.example:443/x/../a.png"}"#, id: "c2"), to: "c2.json")
        return book
    }

    @Test func `an address that was imported names that asset`() async throws {
        let book = try await legacyBook()
        #expect(try await book.run(.migrate, ["c2.json"]).importedAssets == 0)
        #expect(try book.read("c2.json").contains(#""assetId":"\#(Picture(1).id)""#))
    }

    @Test func `an address is asked again where the user wants it`() async throws {
        let book = try await legacyBook()
        #expect(try await book.run(.migrate, ["c2.json"]) { $0.refetches = true }.importedAssets == 1)
        #expect(try book.read("c2.json").contains(#""assetId":"\#(Picture(2).id)""#))
    }

    @Test func `an asset's address at the remote names it`() async throws {
        let book = try TestBook()
        try await book.upload([Picture(1)])
        try book.write(Chapter.text(#"{"src":"$url1"}"#))
        #expect(try await book.run(.migrate).codes.isEmpty)
        let expected = Chapter.text(
            #"{"src":"$url1","assetId":"$id1"}"#, manifest: "{" + Chapter.entry(1, #","remoteUrl":"$url1""#) + "}")
        #expect(try book.read() == book.expanded(expected))
    }

    static let storePaths = [
        "/home/other/app/books/b9/files/$sha1/original.png", "files/$sha1/thumb_256.png",
        "asset://localhost/C%3A%5Capp%5Cfiles%5C$sha1%5Coriginal.png", "file:///Users/x/files/$sha1/original.jpg",
    ]

    @Test(arguments: storePaths) func `a path of the store's layout names the digest`(_ path: String) async throws {
        let book = try TestBook(hasRemote: false)
        try await book.store([Picture(1)])
        try book.write(Chapter.text(#"{"src":"\#(path)"}"#))
        let report = try await book.run(.migrate)
        #expect(report.codes == ["src-removed"])
        let expected = Chapter.text(#"{"assetId":"$id1"}"#, manifest: "{" + Chapter.entry(1) + "}")
        #expect(try book.read() == book.expanded(expected))
    }

    @Test func `a substitution takes the address's place`() async throws {
        let book = try TestBook(hasRemote: false)
        try book.write(Picture(1), to: "new.png")
        try book.write(
            Chapter.text(
                #"{"src":"blob:gone"}"#, #"{"src":"https://old.example/2.png"}"#, #"{"src":"dead.png"}"#,
                #"{"assetId":"lost","src":"blob:gone"}"#))
        let report = try await book.run(.migrate) {
            $0.substitutions = [
                "blob:gone": "new.png", "https://old.example/2.png": Picture(2).dataURL,
                "dead.png": "new.png",
            ]
        }
        #expect(report.status == .success)
        #expect(report.importedAssets == 2)
        let text = try book.read()
        #expect(text.contains(Picture(1).id) && text.contains(Picture(2).id))
        #expect(text.contains(#""lost":{"assetId":"lost","sha256":"\#(Picture(1).sha256)""#))
    }

    @Test func `a dry run names the hosts it would ask`() async throws {
        let book = try TestBook(hasRemote: false)
        try book.write(Chapter.text(#"{"src":"https://old.example/2.png"}"#))
        let report = try await book.run(.migrate, to: .nowhere)
        #expect(report.plannedMentions == 1)
        #expect(report.codes.isEmpty)
    }
}
