import Testing
import TipinSync
import TipinTestSupport

struct WebURLTests {
    @Test(arguments: [
        ("http://example.com", "http://example.com/"),
        ("HTTP://EXAMPLE.Com:80/A", "http://example.com/A"),
        ("https://example.com:443/a?b=C#d", "https://example.com/a?b=C"),
        ("https://example.com:8443/", "https://example.com:8443/"),
        ("http://example.com:443/", "http://example.com:443/"),
        ("http://example.com:/", "http://example.com/"),
        ("http://example.com/a/./b/../c", "http://example.com/a/c"),
        ("http://example.com/../../a", "http://example.com/a"),
        ("http://example.com/a b", "http://example.com/a%20b"),
        ("http://example.com/%2e%2e/a", "http://example.com/%2E%2E/a"),
        ("http://example.com/%c3%a9?%e2", "http://example.com/%C3%A9?%E2"),
        ("http://example.com?q", "http://example.com/?q"),
        ("http://[::1]:8080/a", "http://[::1]:8080/a"),
        ("http://2130706433/", "http://127.0.0.1/"),
        ("http://0x7f.1/", "http://127.0.0.1/"),
        ("http://0177.0.0.1/", "http://127.0.0.1/"),
        ("http://127.1/", "http://127.0.0.1/"),
        ("http://0/", "http://0.0.0.0/"),
        ("http://①②⑦.0.0.1/", "http://127.0.0.1/"),
        ("http://０x7f.1/", "http://127.0.0.1/"),
        ("http://127%2e0.0.1/", "http://127.0.0.1/"),
        ("http://MÜNCHEN.de/", "http://xn--mnchen-3ya.de/"),
    ])
    func `has one spelling`(text: String, expected: String) throws {
        let url = try WebURL(text)
        #expect(url.text == expected)
        #expect(try WebURL(url.text) == url)
    }

    /// Parts that addresses are made of, plain ones and others.
    private static let parts = [
        "http://", "https://", "HTTP://", "//", "/", "a", "B.png", "example.com", "x-1.", "127.", "1", "0x7f", ".",
        "..",
        "_", "~", "%41", "?", "#", ":", "80", "@", "é", "xn--mnchen-3ya.de", "-", " ", "\\", "localhost",
    ]

    @Test func `what is plainly normal is its own spelling`() throws {
        var random = SeededGenerator(seed: 1)
        var plain = 0
        for _ in 0..<50_000 {
            let count = Int.random(in: 0...7, using: &random)
            let text =
                Self.parts[Int.random(in: 0...1, using: &random)]
                + (0..<count).compactMap { _ in Self.parts.randomElement(using: &random) }.joined()
            guard WebURL.isPlainlyNormal(text) else { continue }
            plain += 1
            #expect((try? WebURL(text))?.text == text, "\(text)")
        }
        #expect(plain > 50)
        #expect(WebURL.isPlainlyNormal("https://cdn.example.com/b/0a1-_~/original.png"))
    }

    @Test func `tells its parts`() throws {
        let url = try WebURL("https://Example.com/a/b.png?x=1&y#z")
        #expect(url.scheme == "https")
        #expect(url.host == "example.com")
        #expect(url.port == 443)
        #expect(url.path == "/a/b.png")
        #expect(url.query == "x=1&y")
        #expect(url.origin == "https://example.com")
        #expect(try WebURL("http://h").query == nil)
        #expect(try WebURL("http://h:81").port == 81)
    }

    @Test(
        arguments: [
            ("", .malformed), ("example.com/a", .malformed), ("//example.com/a", .malformed), ("/a", .malformed),
            ("http://", .malformed), ("http://a b/", .malformed), ("http://h\\e/", .malformed),
            ("http://h:99999/", .malformed), ("http://h:x/", .malformed), ("http://a%00b/", .malformed),
            ("http://a%0ab/", .malformed), ("http://[1.2.3.4]/", .malformed), ("http://[::1/", .malformed),
            ("mailto:a@b", .malformed), ("data:image/png;base64,AAAA", .malformed),
            ("ftp://h/a", .scheme("ftp")), ("file:///etc/passwd", .scheme("file")), ("gopher://h/", .scheme("gopher")),
            ("FTP://h/", .scheme("ftp")), ("blob://h/a", .scheme("blob")),
            ("http://a@b/", .userInfo), ("http://a:b@c/", .userInfo), ("http://@b/", .userInfo),
            ("http://:@b/", .userInfo), ("http://a%2f@b/", .userInfo),
            ("http://good.example\\@evil.example/", .userInfo),
            ("http://h/\n", .controlCharacter), ("http://h/\t", .controlCharacter),
            ("http://h\r\n/", .controlCharacter),
            ("http://h/\u{0}", .controlCharacter), ("http://h/\u{7F}", .controlCharacter),
            ("http://h/\u{85}", .controlCharacter),
        ] as [(String, WebURL.Refusal)])
    func `refuses what is no plain web address`(text: String, refusal: WebURL.Refusal) {
        #expect(throws: refusal) { try WebURL(text) }
    }

    @Test(arguments: [
        ("c.png", "https://h/a/c.png"), ("/c.png", "https://h/c.png"), ("../c.png", "https://h/c.png"),
        ("//other/c.png", "https://other/c.png"), ("?q", "https://h/a/b?q"),
        ("http://other/c", "http://other/c"), ("https://h:443/c", "https://h/c"),
    ])
    func `is resolved against a base`(text: String, expected: String) throws {
        #expect(try WebURL(text, relativeTo: WebURL("https://h/a/b")).text == expected)
    }

    @Test(arguments: ["", "ftp://h/", "//a@b/", "file:///etc/passwd", "javascript:alert(1)", "a\nb"])
    func `is refused with a base as without`(text: String) throws {
        let base = try WebURL("https://h/a/b")
        #expect(throws: WebURL.Refusal.self) { try WebURL(text, relativeTo: base) }
    }

    @Test(arguments: [
        ("https://h/api/books/x", true), ("https://h/api/books/x/files", true), ("https://H:443/api/books/x", true),
        ("https://h/api/./books/x", true), ("https://h/api/%2e/books/x", true), ("https://h/api/books/%2ex", true),
        ("https://h/api/books/...", true), ("https://h/api/books/a/../b", true),
        ("https://h/api/books", false), ("https://h/api/books/", false), ("https://h/api/books/.", false),
        ("https://h/api/books/%2E", false), ("https://h/api/booksx/y", false), ("https://h/api/book", false),
        ("https://h/api/books/../x", false), ("https://h/api/books/%2e%2e/x", false),
        ("https://h/api/books/x/.%2E/../../y", true), ("https://h/api/books/x/.%2E/y", false),
        ("https://h/api/books/..%2fx", false),
        ("https://h/api/books/..%5Cx", false), ("https://h/api/books/%2e%2e%2fx", false),
        ("https://h/api//books/x", false), ("https://h/Api/books/x", false), ("http://h/api/books/x", false),
        ("https://h:8443/api/books/x", false), ("https://h.evil/api/books/x", false),
        ("https://evil/api/books/x", false),
    ])
    func `lies below a base`(text: String, expected: Bool) throws {
        #expect(try WebURL(text).isBelow(WebURL("https://h/api/books")) == expected)
        #expect(try WebURL(text).isBelow(WebURL("https://h/api/books/")) == expected)
    }

    @Test func `lies below a root`() throws {
        #expect(try WebURL("https://h/a").isBelow(WebURL("https://h")))
        #expect(try !WebURL("https://h/").isBelow(WebURL("https://h")))
    }

    @Test(arguments: [
        ("localhost", true), ("LOCALHOST", true), ("localhost.", true), ("a.localhost", true), ("nas.local", true),
        ("x.internal", true), ("router.home.arpa", true), ("127.0.0.1", true), ("127.0.0.1.", true),
        ("2130706433", true), ("[::1]", true), ("[::ffff:7f00:1]", true), ("10.1.2.3", true), ("①②⑦.0.0.1", true),
        ("169.254.169.254", true), ("[fd00::1]", true), ("[64:ff9b::a00:1]", true),
        ("example.com", false), ("localhost.example", false), ("notlocalhost", false), ("mylocal", false),
        ("internal.example", false), ("8.8.8.8", false), ("[2001:4860:4860::8888]", false),
    ])
    func `knows hosts of this network alone`(host: String, expected: Bool) throws {
        #expect(try WebURL("http://\(host)/").hasPrivateHost == expected)
    }
}
