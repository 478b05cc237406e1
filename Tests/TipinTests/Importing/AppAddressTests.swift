import Testing
import Tipin
import TipinDiagnostics
import TipinTestSupport

/// Addresses that only the app which wrote them can open: what leads to a file all the same, and what is said of the
/// others.
struct AppAddressTests {
    private func book() throws -> TestBook {
        var book = try TestBook()
        book.settings.mediaRoot = book.temporary.path + "/media"
        for name in ["images/a.png", "main/2020/b c.png", "c.png"] {
            try book.temporary.write(Picture(1).bytes, to: "media/" + name)
        }
        try book.write(Picture(1), to: "pictures/a b.png")
        return book
    }

    @Test(arguments: [
        "tauri://localhost/images/a.png", "http://tauri.localhost/images/a.png?v=1",
        "https://tauri.localhost/images/a.png", "asset::main::2020/b c.png", "statamic://asset::main::2020/b%20c.png",
        "asset::other::c.png", "asset://localhost/pictures/a%20b.png", "asset://localhost/pictures%2Fa%20b.png",
        "http://asset.localhost/pictures%5Ca%20b.png", "asset://localhost/BOOK/pictures/a%20b.png",
        "asset://localhost/ENCODED", "http://asset.localhost/ENCODED?x=1", "https://asset.localhost/ENCODED",
        "asset://ENCODED", "http://stream.localhost/ENCODED", "stream://localhost/ENCODED",
        "asset://localhost//BOOK/pictures/a b.png",
    ])
    func `a file of the app is found`(_ address: String) async throws {
        let book = try book()
        let path = book.path + "/pictures/a b.png"
        let encoded = path.replacing("/", with: "%2F").replacing(" ", with: "%20")
        let address = address.replacing("ENCODED", with: encoded).replacing("BOOK", with: String(book.path.dropFirst()))
        try book.write(Chapter.text(#"{"src":"\#(address)"}"#))
        #expect(try await book.run(.publish).codes.isEmpty)
        #expect(try book.read().contains(book.expanded(#"{"src":"$url1","assetId":"$id1"}"#)))
        #expect(try await book.run(.publish).changedDocuments == 0)
    }

    @Test(arguments: ["tauri://localhost/p1.png", "asset::main::a.jpg"])
    func `without a media root it is said that such a file is looked for there`(_ address: String) async throws {
        let book = try TestBook()
        try book.write(Chapter.text(#"{"src":"\#(address)"}"#))
        #expect(
            try await book.check().problems(.assetMissing).first?.notes == [
                "'\(address)' names no file here",
                "such addresses are looked for below the media root alone, and none is given",
            ])
    }

    static let refused = [
        ("tauri://localhost/gone.png", "asset-missing", "gone.png"),
        ("tauri://localhost/etc/passwd", "asset-missing", "/media/etc/passwd"),
        ("asset::main::../../../etc/passwd", "outside-roots", "/etc/passwd"),
        ("asset://localhost/%2Fetc%2Fpasswd", "outside-roots", "/etc/passwd"),
        ("http://stream.localhost/%2Fetc%2Fpasswd", "outside-roots", "/etc/passwd"),
        ("0d0c5f3e-2a51-4f6b-9c1d-7e8f90a1b2c3", "asset-missing", "a bare UUID is an id"),
        ("asset://one", "address-dead", "names no file"), ("notespace-asset://image-1", "address-dead", "only the app"),
        ("content://media/external/1", "address-dead", "only the app"),
        ("idb:1", "address-dead", "session that is over"),
        ("{{CONF_FILE:1}}", "address-dead", "placeholder"), ("{% cover %}", "address-dead", "placeholder"),
        ("javascript:alert(1)", "address-dead", "script"),
        ("capacitor://localhost/_capacitor_file_/a", "address-dead", "only the app"),
    ]

    @Test(arguments: refused) func `what leads nowhere says why`(
        _ address: String, _ code: String, _ words: String
    ) async throws {
        let book = try book()
        let text = Chapter.text(#"{"src":"\#(address)"}"#)
        try book.write(text)
        let report = try await book.run(.migrate)
        #expect(report.codes == [code])
        let notes = report.diagnostics.first?.problem.notes ?? []
        #expect(notes.contains { $0.contains(words) }, "\(notes)")
        #expect(try book.read() == text)
    }

    @Test(arguments: ["asset:a1", "asset://a1", "notespace-asset://a1", "attachment:a1", "idb:a1", "a1", " a1"])
    func `an address that ends with an id of the manifest is that asset`(_ address: String) async throws {
        let book = try book()
        try await book.upload([Picture(1)])
        let manifest = #"{"a1":{"assetId":"a1","sha256":"$sha1","role":"attachment"}}"#
        try book.write(Chapter.text(#"{"src":"\#(address)"}"#, manifest: manifest))
        let report = try await book.run(.publish)
        guard address != " a1" else {
            #expect(report.codes == ["asset-missing", "document-not-published"])
            return
        }
        #expect(report.codes.isEmpty)
        #expect(try book.read().contains(book.expanded(#"{"src":"$url1","assetId":"a1"}"#)))
        #expect(try await book.run(.publish).changedDocuments == 0)
    }
}
