import Testing

@testable import TipinDiagnostics

struct RedactionTests {
    @Test(arguments: [
        ("https://h/a.png", "https://h/a.png"), ("https://u:p@h/a.png", "https://h/a.png"),
        ("https://h/a?token=secret", "https://h/a?…"), ("https://h/a?token=secret#part", "https://h/a?…"),
        ("https://u:p@ss@h:1/a", "https://h:1/a"), ("https://h/a@b", "https://h/a@b"), ("//u:p@h/a?x=1", "//h/a?…"),
        ("https://h?sig=1", "https://h?…"), ("https://h/a#access_token=1", "https://h/a#…"), ("a.png?x=1", "a.png?…"),
        ("./media/a.png", "./media/a.png"), ("https://h/\u{1B}[31m", "https://h/\\u{1b}[31m"),
        ("data:image/png;base64,iVBORw0KGgoAAAANSUhEUg", "data:image/png;base64,iVBORw0KGgoAAAAN…"),
        ("data:image/png;base64,AAAA", "data:image/png;base64,AAAA"), ("DATA:,short", "DATA:,short"), ("", ""),
        ("http:\\\\u:p@h\\a", "http:\\\\h\\a"), ("http:u:p@h/a", "http:h/a"), ("http://h:80/a", "http://h:80/a"),
        ("see http://u:p@h/a", "see http://h/a"), ("{\"src\":\"http://u:p@h/a\"}", "{\"src\":\"http://h/a\"}"),
        ("http://user:pass", "http://…"), ("http://u:p\"w@h/a?x=\"y\"", "http://h/a?…"), ("a.png?", "a.png?…"),
    ])
    func `secrets are cut out of addresses`(address: String, shown: String) {
        #expect(Redaction.redacted(address) == shown)
    }

    @Test func `a data URL without a comma is cut`() {
        #expect(Redaction.redacted("data:" + String(repeating: "x", count: 1000)).count <= 41)
    }

    @Test(arguments: [
        ("a\nb", "a\\u{a}b"), ("\u{7F}", "\\u{7f}"), ("\u{9B}x", "\\u{9b}x"), ("\u{202E}x", "\\u{202e}x"), ("é😀", "é😀"),
        ("\u{2028}", "\\u{2028}"), ("\u{2066}", "\\u{2066}"), ("\r\n", "\\u{d}\\u{a}"), ("\t", "\\u{9}"),
    ])
    func `control characters are shown as numbers`(text: String, shown: String) {
        #expect(Redaction.printable(text) == shown)
    }
}
