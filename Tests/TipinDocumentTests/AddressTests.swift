import Foundation
import Testing

@testable import TipinDocument

struct AddressTests {
    @Test(
        arguments: [
            ("data:image/png;base64,iVBORw==", "image/png", [0x89, 0x50, 0x4E, 0x47]),
            ("DATA:IMAGE/PNG;BASE64,iVBORw", "image/png", [0x89, 0x50, 0x4E, 0x47]),
            (" data:image/png;base64,iVB\r\n OR w= =", "image/png", [0x89, 0x50, 0x4E, 0x47]),
            ("data:image/png;base64,_-8", "image/png", [0xFF, 0xEF]),
            ("data:image/png;base64,%2F%2B8%3D", "image/png", [0xFF, 0xEF]),
            ("data:image/svg+xml;utf8,<svg>", "image/svg+xml", Array("<svg>".utf8)),
            ("data:,", "text/plain;charset=US-ASCII", []),
            ("data:image/png;base64,", "image/png", []),
            ("data:image/png;charset=utf-8;base64,AA", "image/png;charset=utf-8", [0]),
            ("data:image/png;base64,AA#fragment", "image/png", [0]),
        ] as [(String, String, [UInt8])])
    func `data URLs are read`(url: String, type: String, bytes: [UInt8]) throws {
        let read = try DataURL(url.utf8)
        #expect(read.mediaType == type)
        #expect(read.bytes == bytes)
    }

    /// Those that are written plainly are read by a shorter way than those with a break or an escape in them.
    @Test(arguments: 0..<9) func `data URLs of any length are read alike, however they are written`(count: Int) throws {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 83 &+ 7) }
        let payload = Data(bytes).base64EncodedString()
        let unpadded = payload.replacing("=", with: "")
        for text in [payload, unpadded, "\n" + payload, unpadded + "#x", payload.replacing("=", with: "%3D")] {
            let read = try DataURL("data:image/png;base64,\(text)".utf8)
            #expect(read.mediaType == "image/png")
            #expect(read.bytes == bytes, "\(text)")
        }
    }

    @Test(
        arguments: [
            ("data:image/png;base64", .noComma), ("data:image/png;base64,A", .invalidBase64), ("datum:,", .notADataURL),
            ("data:image/png;base64,AA=A", .invalidBase64), ("data:image/png;base64,+-*/", .invalidBase64),
            ("", .notADataURL),
            ("data:,12345678901", .tooLarge(limit: 10)), ("data:;base64,AAAAAAAAAAAAAAAA", .tooLarge(limit: 10)),
        ] as [(String, DataURL.Failure)])
    func `data URLs that cannot be read say why`(url: String, failure: DataURL.Failure) {
        #expect(throws: failure) { try DataURL(url.utf8, limit: 10) }
    }

    @Test(
        arguments: [
            ("https://h/a.png", .remoteURL), ("HTTP://h", .remoteURL), ("//h/a.png", .remoteURL),
            (" \n https://h ", .remoteURL),
            ("data:,", .dataURL), ("file:///a", .localFile), ("asset://localhost/%2Fa", .localFile),
            ("a.png", .localFile),
            ("http://asset.localhost/C%3A%5Ca.png", .localFile), ("https://asset.localhost/a", .localFile),
            ("../a", .localFile),
            (#"C:\a.png"#, .localFile), ("C:/a.png", .localFile), ("/a b.png", .localFile),
            ("https://asset.localhost.evil/a", .remoteURL),
        ] as [(String, AddressForm)])
    func `addresses have a form`(address: String, form: AddressForm) {
        #expect(AddressForm(address) == form)
    }

    @Test(arguments: [
        "", " ", "blob:http://x/1", "idb:1", "cid:1", "javascript:alert(1)", "{{COVER}}", "${cover}", "<%= x %>",
        "asset://one",
        "asset:1", "statamic://asset::a", "asset://localhost", "content://media/1",
    ])
    func `what cannot be read anywhere is dead`(address: String) {
        guard case .dead(let reason) = AddressForm(address) else {
            Issue.record("not dead: \(address)")
            return
        }
        #expect(!reason.isEmpty)
    }

    @Test(
        arguments: [
            ("asset://localhost/%2Fhome%2Fme%2Fa%20b.png", "/home/me/a b.png"),
            ("asset://localhost//home/x", "/home/x"),
            ("asset://localhost/home/x", "home/x"),
            ("http://asset.localhost/C%3A%5CUsers%5Ca.png?v=1", #"C:\Users\a.png"#),
            ("https://ASSET.localhost/%2Fa#x", "/a"), ("asset://localhost/", nil), ("http://localhost/a", nil),
            ("asset://other/a", nil), ("asset://localhost", nil), ("asset://%2Fhome%2Fa.png", "/home/a.png"),
            ("asset:///home/a", "/home/a"), ("asset://C%3A%5Ca.png", #"C:\a.png"#), ("asset://one", nil),
            ("asset://localhost/%2Fhome%2Fme%2Fa%2Epng%2D%5F", "/home/me/a.png-_"), ("asset://one/%2Fa", nil),
            ("http://asset.localhost/%2Fdata%2Fuser%2F0%2Fa.png", "/data/user/0/a.png"),
            ("http://stream.localhost/%2Fa.png", "/a.png"), ("https://stream.localhost/c%3a%5Ca", #"c:\a"#),
            ("stream://localhost/%2Fa.png", "/a.png"), ("stream://localhost/a.png", nil),
            ("http://stream.localhost/a.png", nil), ("http://tauri.localhost/%2Fa.png", nil),
            ("http://stream.localhost.evil/%2Fa", nil), ("https://h/%2Fa", nil), ("data://localhost/%2Fa", nil),
        ] as [(String, String?)])
    func `Tauri addresses name a path`(address: String, path: String?) {
        #expect(TauriURL.path(of: address) == path)
    }

    @Test(
        arguments: [
            ("tauri://localhost/images/a.png", "/images/a.png"), ("http://tauri.localhost/a.png?v=1", "/a.png?v=1"),
            ("https://TAURI.localhost/a", "/a"), ("https://tauri.localhost", nil), ("tauri://other/a", nil),
            ("http://localhost:1420/a.png", nil), ("https://tauri.localhost.evil/a", nil),
        ] as [(String, String?)])
    func `addresses at an app's own origin are relative to it`(address: String, path: String?) {
        #expect(TauriURL.originPath(of: address) == path)
        #expect((AddressForm(address) == .localFile) == (path != nil))
    }

    @Test(
        arguments: [
            ("asset::main::a.jpg", "main a.jpg"), ("statamic://asset::main::2020/a%20b.jpg", "main 2020/a b.jpg"),
            ("asset::main", nil), ("asset::::a", nil), ("asset::a/b::c", nil), ("asset::main::", nil),
            ("asset:main:a", nil), ("asset::main::a::b", "main a::b"),
        ] as [(String, String?)])
    func `Statamic names a container and a path`(address: String, parts: String?) {
        #expect(StatamicAddress(address).map { "\($0.container) \($0.path)" } == parts)
    }

    @Test(
        arguments: [
            ("https://H.example:80/a", "h.example"), ("//u:p@h/a", "h"), ("https://h?a@b", "h"), ("a.png", nil),
            ("https:\\/h", nil),
        ] as [(String, String?)])
    func `an address has a host`(address: String, host: String?) { #expect(AddressForm.host(of: address) == host) }

    @Test(arguments: [
        ("map.png", true), ("./m", true), ("https://h/x", true), ("A long tale: once upon a time", false),
        ("north.webp?v=2", true),
        ("The land of\n./x.png", false), ("idb:1", true), ("Kingdoms", false), ("", false),
    ])
    func `prose is told from addresses`(text: String, isAddress: Bool) {
        #expect(AddressForm.looksLikeAddress(text) == isAddress)
    }

    @Test(arguments: [
        ("%41%2f", "A/"), ("%", "%"), ("%4", "%4"), ("%zz%41", "%zzA"), ("é%C3%A9", "éé"), ("%25%34%31", "%41"),
    ])
    func `percent-encoding is decoded once`(text: String, decoded: String) {
        #expect(PercentCoding.decoded(text) == decoded)
    }

    @Test(
        arguments: [
            ("Image/PNG", "image/png"), (" text/html ;Charset=\"utf-8\" ;x", "text/html;charset=utf-8"),
            ("a/b;c=\"d\\\"e\"", "a/b;c=\"d\\\"e\""),
            ("a/b;c=1;C=2", "a/b;c=1"), ("a", nil), ("a/", nil), ("/b", nil), ("a b/c", nil), ("", nil),
        ] as [(String, String?)])
    func `media types are normalised`(text: String, serialized: String?) {
        #expect(MIMEType(text)?.description == serialized)
    }
}
