import Foundation
import Testing
import Tipin
import TipinDiagnostics
import TipinTestSupport

/// What is said of addresses beside the one that counts, which stay: all of them are named, and none that expires is
/// published.
struct OtherAddressesTests {
    private static let signed = "https://b.s3.amazonaws.com/a.png?X-Amz-Expires=600&X-Amz-Signature=ab"

    private static func node(_ type: String, _ attributes: String) -> String {
        #"{"id":"c1","bookId":"b1","content":[{"type":"\#(type)","attrs":{\#(attributes)}}]}"#
    }

    static let expiring = [
        node("image", #""src":"$data1","srcset":"a.png 1x, \#(signed) 2x""#),
        node("image", #""src":"$data1","data-srcset":"a.png 1x,\#(signed)""#),
        node("image", #""src":"$data1","poster":"\#(signed)""#),
        node("image", #""src":"$data1","sources":[{"type":"image/webp","srcset":"\#(signed)"}]"#),
        node("image", #""src":{"image":"$data1","fallback":"\#(signed)"}"#),
        node("image", #""src":{"src":"$data1","url":"\#(signed)"}"#),
        node("image", #""src":"$data1","url":"\#(signed)""#),
        node("video", #""src":"https://x.example/v.mp4","poster":"\#(signed)""#),
        node("video", #""poster":"\#(signed)""#),
        #"{"id":"b1","coverImage":{"src":"$data1","srcset":"\#(signed)"}}"#,
        Chapter.text(
            #"{"src":"$data1"}"#, manifest: #"{"old":{"assetId":"old","sha256":"$sha2","remoteUrl":"\#(signed)"}}"#),
    ]

    @Test(arguments: expiring) func `none that expires is published`(_ text: String) async throws {
        let book = try TestBook()
        try book.write(text)
        let before = try book.read()
        let published = try await book.run(.publish)
        #expect(published.severity(.addressExpires) == .error)
        #expect(published.codes.contains("document-not-published"))
        #expect(published.status == .failure)
        #expect(try book.read() == before)
        for (purpose, severity) in [(CheckOptions.Purpose.source, Severity.warning), (.publish, .error)] {
            let found = try await book.check(purpose).diagnostics.filter { $0.code == .addressExpires }
            #expect(found.map(\.severity) == [severity])
            #expect(found.first?.problem.notes.allSatisfy { !$0.contains("Signature=ab") } == true, "no secrets")
        }
        #expect(try await book.run(.migrate).severity(.addressExpires) == .warning)
    }

    @Test(arguments: ["src", "sources"]) func `an attachment keeps no document from being published`(
        _ name: String
    ) async throws {
        let book = try TestBook()
        try book.write(Self.node("video", #""\#(name)":"\#(Self.signed)""#))
        let report = try await book.run(.publish)
        #expect(report.severity(.addressExpires) == .warning)
        #expect(report.status == .success)
        #expect(try await book.check(.publish).severity(.addressExpires) == .warning)
    }

    @Test func `an entry that expires is told with its place, and goes where it is removed`() async throws {
        let book = try TestBook()
        let entry = #""o/d":{"assetId":"o/d","sha256":"$sha2","remoteUrl":"\#(Self.signed)"}"#
        let text = Chapter.text(#"{"src":"$data1"}"#, manifest: "{\(entry)}")
        try book.write(text)
        let found = try await book.run(.publish).diagnostics.first { $0.code == .addressExpires }
        #expect(found?.place?.pointer == "/fileRefs/o~1d/remoteUrl")
        #expect(found?.place?.excerpt?.text.contains("b.s3.amazonaws.com") == true)
        #expect(try await book.run(.publish) { $0.prunesManifest = true }.codes.isEmpty)
        #expect(try !book.read().contains("amazonaws"))
    }

    @Test func `an entry in the file beside the document is told of too`() async throws {
        let book = try TestBook()
        try book.write(#"{"type":"doc","content":[{"type":"image","attrs":{"src":"$data1"}}]}"#)
        try book.write(
            #"{"old":{"assetId":"old","sha256":"$sha2","remoteUrl":"\#(Self.signed)"}}"#, to: "c1.fileRefs.json")
        try book.write(#"{"id":"b1","coverImage":"$data3"}"#, to: "book.json")
        #expect(try await book.check().severity(.addressExpires) == .warning)
        #expect(try await book.run(.publish).severity(.addressExpires) == .error)
    }

    // MARK: Named

    private func told(_ report: RunReport) -> [[String]] { report.problems(.alternateAddressKept).map(\.notes) }

    @Test func `all are named, and those that only this machine can read with what they say`() async throws {
        let book = try TestBook()
        try book.write(
            Self.node(
                "imageBlock",
                #""src":"$data1","data-srcset":"https://h.example/a.png 1x","poster":"https://h.example/b.png","path":"/home/me/secret/p5.png""#
            ))
        let notes = [
            [
                "'path', 'data-srcset', 'poster' may show readers another picture, or none",
                "'path' has '/home/me/secret/p5.png', which other machines do not",
            ]
        ]
        #expect(told(try await book.check()) == notes)
        #expect(told(try await book.run(.publish)) == notes)
        #expect(told(try await book.check(.publish)) == notes)
    }

    @Test(arguments: [#""src":"$data1","url":"p4.png""#, #""src":{"src":"$data1","url":"p4.png"}"#])
    func `a second member with an address is told of`(_ attributes: String) async throws {
        let book = try TestBook()
        try book.write(Self.node("image", attributes))
        #expect(try await book.run(.publish).codes == ["alternate-address-kept"])
        #expect(try await book.check(.publish).codes == ["alternate-address-kept"])
    }

    @Test func `a second member that says the same is nothing to tell of`() async throws {
        let book = try TestBook()
        try await book.upload([Picture(1)])
        try book.write(Self.node("image", #""assetId":"$id1","src":"$url1","url":"$url1""#))
        #expect(try await book.run(.publish).codes.isEmpty)
        #expect(try await book.check(.publish).codes.isEmpty)
    }

    @Test func `the poster of a film is told of, with the film or without`() async throws {
        let book = try TestBook()
        try book.write(Self.node("video", #""src":"https://x.example/v.mp4","poster":"poster.png""#))
        try book.write(Self.node("video", #""poster":"poster.png""#).replacing("c1", with: "c2"), to: "c2.json")
        for report in [try await book.check(), try await book.run(.migrate), try await book.run(.publish)] {
            #expect(report.problems(.alternateAddressKept).count == 2)
            #expect(report.errorCount == 0)
        }
        let places = try await book.check().diagnostics.filter { $0.code == .alternateAddressKept }.map(
            \.place?.pointer)
        #expect(places == ["/content/0/attrs/src", "/content/0/attrs/poster"])
    }

    // MARK: Addresses that cannot be taken out

    static let held = [
        (#""src":{"src":"$data1"}"#, "data-url-inline"), (#""src":{"src":"p1.png"}"#, "local-address"),
        (#""src":"$data1","url":"https://h.example/1.png""#, "data-url-inline"),
    ]

    @Test(arguments: held) func `an address that is held where it is is told of`(
        _ attributes: String, _ code: String
    ) async throws {
        let book = try TestBook(hasRemote: false)
        try book.write(Picture(1), to: "p1.png")
        try book.write(Self.node("image", attributes))
        for _ in 1...2 {
            let report = try await book.run(.migrate) { $0.dropsSrc = true }
            #expect(report.codes.contains(code))
            #expect(report.errorCount == 0)
        }
        #expect(try book.read().contains(book.expanded(attributes)))
        #expect(try await book.check().codes.contains(code))
    }

    @Test func `a held address gives way to the remote's, though src is to be dropped`() async throws {
        let book = try TestBook()
        try await book.upload([Picture(1)])
        try book.write(Self.node("image", #""src":{"src":"$data1"}"#))
        #expect(try await book.run(.migrate) { $0.dropsSrc = true }.codes.isEmpty)
        #expect(try book.read().contains(book.expanded(#""src":{"src":"$url1"},"assetId":"$id1""#)))
    }

    @Test func `a relative address that is held leads nowhere from another folder`() async throws {
        let book = try TestBook(hasRemote: false)
        try book.write(Picture(1), to: "p1.png")
        try book.write(Self.node("image", #""src":{"src":"p1.png"}"#))
        let report = try await book.run(.migrate, to: .folder(book.temporary.path + "/out"))
        #expect(report.codes == ["relative-address-kept"])
        #expect(
            report.problems(.relativeAddressKept).first?.notes == [
                "'p1.png' leads nowhere from the output folder",
                "'src.src' stays, because the object is the app's own and would mean nothing without it",
            ])
    }
}
