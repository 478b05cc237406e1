import Foundation
import Testing
import Tipin
import TipinAssets
import TipinDiagnostics
import TipinSync
import TipinTestSupport

/// RULES 5 "check": what it finds for each purpose.
struct CheckRunTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let code: String
        var source: Severity? = .error
        var device: Severity? = .error
        var publish: Severity? = .error
        var text = Chapter.text(#"{"assetId":"$id1","src":"$url1"}"#)
        /// On a book whose picture 1 is in the store and at the remote.
        var prepare: @Sendable (inout TestBook) async throws -> Void = { _ in }

        func severity(_ purpose: CheckOptions.Purpose) -> Severity? {
            switch purpose {
            case .source: source
            case .device: device
            case .publish: publish
            }
        }
    }

    private static func told(_ more: String = "") -> String {
        #"{"$id3":{"assetId":"$id3","sha256":"$sha3"\#(more)}}"#
    }

    private static func single(_ attributes: String) -> String { Chapter.text(attributes) }

    static let cases: [Case] = addressCases + assetCases + documentCases

    private static let addressCases = [
        Case(
            testDescription: "a legacy address", code: "legacy-url", source: .warning, device: .warning,
            text: single(#"{"src":"https://old.example/a.png"}"#)),
        Case(
            testDescription: "an inline picture", code: "data-url-inline", source: .warning, device: .warning,
            text: single(#"{"src":"$data2"}"#)),
        Case(
            testDescription: "a local file", code: "local-address", source: .warning, device: .warning,
            text: single(#"{"src":"here.png"}"#)
        ) { book in try book.write(Picture(2), to: "here.png") },
        Case(
            testDescription: "a signed address", code: "address-expires", source: .warning, device: .warning,
            text: single(#"{"src":"https://old.example/a.png?X-Amz-Signature=abc"}"#)),
        Case(testDescription: "a file that is missing", code: "asset-missing", text: single(#"{"src":"gone.png"}"#)),
        Case(
            testDescription: "a file outside the roots", code: "outside-roots", text: single(#"{"src":"../a.png"}"#)),
        Case(testDescription: "a dead address", code: "address-dead", text: single(#"{"src":"blob:x"}"#)),
        Case(
            testDescription: "a broken data: URL", code: "data-url-invalid",
            text: single(#"{"src":"data:image/png;base64"}"#)),
        Case(
            testDescription: "no picture", code: "not-an-image", text: single(#"{"src":"data:text/plain,hello"}"#)),
        Case(
            testDescription: "an SVG", code: "svg-refused",
            text: single(#"{"src":"data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'/%3E"}"#)),
        Case(
            testDescription: "a type that is not allowed", code: "type-not-allowed",
            text: single(#"{"src":"$data2"}"#)
        ) { $0.settings.importLimits.allowed = [.jpeg] },
        Case(
            testDescription: "too many bytes", code: "asset-too-large", text: single(#"{"src":"here.png"}"#)
        ) { book in
            try book.write(Picture(2), to: "here.png")
            book.settings.importLimits.maxBytes = 50
        },
    ]

    private static let assetCases = [
        Case(testDescription: "an unknown id", code: "asset-unknown", text: single(#"{"assetId":"lost"}"#)),
        Case(
            testDescription: "bytes that are lost", code: "blob-missing",
            text: Chapter.text(#"{"assetId":"$id3"}"#, manifest: told())),
        Case(
            testDescription: "a told address at our remote where nothing is", code: "blob-missing",
            text: Chapter.text(#"{"assetId":"$id3"}"#, manifest: told(#","remoteUrl":"$url3""#))),
        Case(
            testDescription: "a remote that lost what is here", code: "remote-missing", source: .warning,
            device: .warning
        ) { book in try FileManager.default.removeItem(atPath: book.remoteFile(Picture(1))) },
        Case(
            testDescription: "an address beside an id of another picture", code: "src-contradicts-asset",
            text: single(#"{"assetId":"$id1","src":"$data2"}"#)),
        Case(
            testDescription: "a FileRef with another picture's address", code: "src-contradicts-asset",
            text: #"{"id":"b1","coverImage":{"assetId":"$id1","sha256":"$sha1","role":"cover","remoteUrl":"$url2"}}"#
        ) { book in try await book.upload([Picture(2)]) },
        Case(
            testDescription: "an id of other bytes", code: "bytes-do-not-match-id",
            text: #"{"id":"b1","coverImage":{"assetId":"$id2","sha256":"$sha3","role":"cover"}}"#),
        Case(
            testDescription: "an id of two pictures", code: "id-ambiguous",
            text: Chapter.text(#"{"assetId":"mine"}"#, manifest: #"{"mine":{"assetId":"mine","sha256":"$sha3"}}"#)
        ) { book in
            _ = try book.withCatalog { catalog in
                try catalog.write { writer in
                    try writer.insert(
                        NewAsset(
                            id: "mine", sha256: SHA256Digest(of: Picture(5).bytes), ext: "png", mime: "image/png",
                            size: 9))
                }
            }
        },
        Case(
            testDescription: "a node without an address", code: "remote-url-missing", source: nil, device: nil,
            text: single(#"{"assetId":"$id1"}"#)),
        Case(
            testDescription: "a private address", code: "address-private", source: nil, device: nil,
            text: Chapter.text(
                #"{"assetId":"$id1","src":"http://10.0.0.1/1.png"}"#,
                manifest: #"{"$id1":{"assetId":"$id1","sha256":"$sha1","remoteUrl":"http://10.0.0.1/1.png"}}"#)),
    ]

    private static let documentCases = [
        Case(
            testDescription: "HTML content", code: "html-content", source: .warning, device: .warning,
            text: #"{"id":"c1","bookId":"b1","content":"<p><img src='a.png'></p>"}"#),
        Case(
            testDescription: "a document in a string that is cut off", code: "content-unreadable", source: .warning,
            device: .warning, text: #"{"id":"c1","bookId":"b1","content":"{\"type\":\"doc\",\"content\":["}"#),
        Case(
            testDescription: "a foreign manifest", code: "manifest-foreign", source: .warning, device: .warning,
            publish: .warning, text: Chapter.text(#"{"assetId":"$id1","src":"$url1"}"#, manifest: "[1]")),
        Case(
            testDescription: "an unused entry", code: "manifest-unused", source: .note, device: .note, publish: .note,
            text: Chapter.text(#"{"assetId":"$id1","src":"$url1"}"#, manifest: told())),
        Case(
            testDescription: "an unknown book", code: "book-unknown", source: .warning, device: .warning,
            text: #"{"id":"c1","content":[{"type":"image","attrs":{"src":"$url1"}}]}"#),
        Case(testDescription: "no JSON", code: "not-json", text: "{"),
        Case(testDescription: "an empty file", code: "document-empty", text: ""),
    ]

    private func book(_ found: Case) async throws -> TestBook {
        var book = try TestBook()
        try await book.upload([Picture(1)])
        try book.write(found.text)
        try await found.prepare(&book)
        return book
    }

    @Test(arguments: cases, CheckOptions.Purpose.allCases)
    func `check finds`(_ found: Case, _ purpose: CheckOptions.Purpose) async throws {
        let book = try await book(found)
        let before = book.manifest()
        let report = try await book.check(purpose)
        let severity = report.diagnostics.first { $0.code.rawValue == found.code }?.severity
        #expect(severity == found.severity(purpose))
        #expect(Set(report.codes).subtracting([found.code]).isEmpty, "nothing else is wrong with it")
        #expect(report.status == (report.errorCount == 0 ? .success : .failure))
        #expect(book.manifest() == before)
    }

    @Test(arguments: CheckOptions.Purpose.allCases)
    func `a published document has no findings`(_ purpose: CheckOptions.Purpose) async throws {
        let book = try TestBook()
        try book.write(#"{"id":"b1","coverImage":"$data1","gallery":["$data2"]}"#, to: "book.json")
        try book.write(Chapter.text(#"{"src":"$data1"}"#))
        try await book.run(.publish)
        #expect(try await book.check(purpose).codes.isEmpty)
    }

    @Test func `a document of another device has no findings where its remote can be asked`() async throws {
        let first = try TestBook()
        try first.write(Chapter.text(#"{"src":"$data1"}"#))
        try await first.run(.publish)
        let second = first.secondDevice()
        let report = try await second.check(.publish)
        #expect(report.codes == ["bytes-not-looked-at"])
        #expect(report.severity(.bytesNotLookedAt) == .note)
        try FileManager.default.removeItem(atPath: first.remoteFile(Picture(1)))
        #expect(try await second.check(.publish).codes.contains("blob-missing"))
    }

    @Test func `without a catalog the documents are judged alone and that is said once`() async throws {
        var book = try TestBook(hasRemote: false)
        try book.write(Chapter.text(#"{"assetId":"$id1"}"#, manifest: "{" + Chapter.entry(1) + "}"))
        try book.write(
            Chapter.text(#"{"assetId":"$id2"}"#, id: "c2", manifest: "{" + Chapter.entry(2) + "}"), to: "2.json")
        book.settings.editorHasAssetID = true
        let report = try await book.check()
        #expect(report.codes == ["bytes-not-looked-at"])
        #expect(report.diagnostics.count == 1)
        #expect(book.manifest(below: "data").isEmpty)
    }

    @Test func `a catalog that was named must be there`() async throws {
        var book = try TestBook()
        book.settings.requiresCatalog = true
        try book.write(Chapter.text(#"{"src":"$data1"}"#))
        await #expect { try await book.check() } throws: { $0.problem.code == .catalogMissing }
    }

    @Test(arguments: [false, true]) func `damaged bytes are found where they are read`(_ reads: Bool) async throws {
        let book = try TestBook(hasRemote: false)
        try await book.store([Picture(1)])
        try book.write(Chapter.text(#"{"assetId":"$id1"}"#))
        var bytes = Picture(1).bytes
        bytes[bytes.count - 20] ^= 1
        let path = book.blobPath(Picture(1))
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        let report = try await book.check { $0.readsData = reads }
        #expect(report.codes == (reads ? ["blob-damaged"] : ["src-removed"]))
    }

    @Test(arguments: [false, true]) func `a node with nothing but an id is one that an editor may empty`(
        _ editorHasAssetID: Bool
    ) async throws {
        var book = try TestBook(hasRemote: false)
        book.settings.editorHasAssetID = editorHasAssetID
        try await book.store([Picture(1)])
        try book.write(Chapter.text(#"{"assetId":"$id1"}"#))
        let report = try await book.check()
        #expect(report.codes == (editorHasAssetID ? [] : ["src-removed"]))
        #expect(report.errorCount == 0)
    }

    // MARK: Manifests

    @Test func `an entry that is none is named, and what it costs is not blamed on the document`() async throws {
        let book = try TestBook(hasRemote: false)
        let bad = #""o/1":{"assetId":"o/1","sha256":"ABC"}"#
        try book.write(Chapter.text(#"{"assetId":"mine"}"#, manifest: #"{"mine":{"sha256":"$sha1"},\#(bad)}"#))
        let report = try await book.check()
        let foreign = report.diagnostics.first { $0.code == .manifestForeign }
        #expect(foreign?.place?.pointer == "/fileRefs/o~11")
        #expect(foreign?.problem.notes.first == "the 'sha256' of the entry 'o/1' is not 64 hexadecimal digits")
        let note = report.problems(.assetUnknown).first?.notes.first
        #expect(note == "the catalog does not have this id, and the document's 'fileRefs' is not read as a manifest")
    }

    @Test(
        arguments: [
            (#"{"a":{"sha256":"$sha1"},"b":7}"#, "/b", "what stands under 'b' is no object"),
            (#"{"a":{}}"#, "/a", "the entry 'a' has no 'sha256'"),
            ("[1]", "", "the manifest is kept in a file beside the document"),
        ])
    func `what makes fileRefs no manifest is said`(_ manifest: String, _ place: String, _ words: String) async throws {
        let book = try TestBook(hasRemote: false)
        try book.write(Chapter.text(manifest: manifest))
        let foreign = try await book.check().diagnostics.first { $0.code == .manifestForeign }
        #expect(foreign?.place?.pointer == "/fileRefs" + place)
        #expect(foreign?.problem.notes.first == words)
    }

    @Test func `one address told of two pictures is asked for each of them`() async throws {
        let book = try TestBook()
        try await book.upload([Picture(1)])
        let entry = Chapter.entry(1, #","remoteUrl":"$url1""#)
        try book.write(Chapter.text(#"{"assetId":"$id1","src":"$url1"}"#, manifest: "{" + entry + "}"))
        try book.write(
            Chapter.text(#"{"assetId":"$id3","src":"$url1"}"#, id: "c2", manifest: Self.told(#","remoteUrl":"$url1""#)),
            to: "c2.json")
        // A catalog that knows the address would tell by itself.
        let report = try await book.secondDevice().check(.publish)
        let wrong = report.diagnostics.filter { $0.severity == .error }
        #expect(wrong.map(\.code) == [.blobMissing])
        #expect(wrong.first?.place?.file.hasSuffix("c2.json") == true)
        #expect(report.problems(.remoteMissing).isEmpty)
    }

    // MARK: Online

    @Test func `a remote that is no folder is asked only online`() async throws {
        var book = try TestBook()
        let remote = StubRemote()
        book.remote = remote
        try book.write(Chapter.text(#"{"src":"$data1"}"#))
        try await book.run(.publish)
        remote.answer(.missing)
        #expect(try await book.check(.publish).codes.isEmpty)
        #expect(try await book.check(.publish) { $0.isOnline = true }.codes == ["remote-missing"])
        try book.removeBlob(Picture(1))
        #expect(try await book.check(.publish).codes.isEmpty)
        #expect(try await book.check(.publish) { $0.isOnline = true }.codes == ["blob-missing"])
        remote.answer(.unknown(.notReachable(url: "https://api.example", words: "no route")))
        let report = try await book.check(.publish) { $0.isOnline = true }
        #expect(report.codes == ["remote-unreachable"])
        #expect(report.status == .incomplete)
    }

    @Test func `bytes that clean-up moved away are not called lost`() async throws {
        let book = try TestBook(hasRemote: false)
        try await book.store([Picture(1)])
        #expect(try await book.later(hours: 25).clean().words == ["remove \(Picture(1).id)"])
        try book.write(Chapter.text(#"{"assetId":"$id1"}"#, manifest: "{" + Chapter.entry(1) + "}"))
        let problem = try #require(try await book.check().problems(.blobMissing).first)
        #expect(problem.headline == "image bytes were cleaned up and can be brought back")
        #expect(problem.help == ["run 'tipin migrate' on the document: it brings them back"])
        #expect(try await book.run(.migrate).status == .success)
        #expect(try await book.check().codes == ["src-removed"])
    }
}
