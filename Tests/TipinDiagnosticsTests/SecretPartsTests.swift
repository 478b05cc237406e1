import Testing
import TipinDiagnostics

/// What is cut out of JSON before people see it.
struct SecretPartsTests {
    @Test(arguments: [
        (#"{"src":"http://u:p@h/a.png"}"#, #"{"src":"http://h/a.png"}"#),
        (#"{"src":"http:\/\/u:p@h\/a.png"}"#, #"{"src":"http:\/\/h\/a.png"}"#),
        (#"{"src":"http:\u002f\u002Fu:p\u0040h/a"}"#, #"{"src":"http:\u002f\u002Fh/a"}"#),
        (#"{"c":"[{\"src\":\"http://u:p@h/a\"}]"}"#, #"{"c":"[{\"src\":\"http://h/a\"}]"}"#),
        (
            #"{"c":"{\"c\":\"{\\\"src\\\":\\\"http:\\\/\\\/u:p@h\\\/a\\\"}\"}"}"#,
            #"{"c":"{\"c\":\"{\\\"src\\\":\\\"http:\\\/\\\/h\\\/a\\\"}\"}"}"#
        ),
        (#"{"src":"//u:p@h/a","alt":"x"}"#, #"{"src":"//h/a","alt":"x"}"#),
        (#"{"src":"http:\\\\u:p@h\\a"}"#, #"{"src":"http:\\\\h\\a"}"#),
        (#"{"src":"https:u:p@h/a"}"#, #"{"src":"https:h/a"}"#),
        (#"{"src":"https:/u:p@h/a"}"#, #"{"src":"https:/h/a"}"#),
        (#"{"src":"https://h/a?sig=1&x=\"2","alt":"x"}"#, #"{"src":"https://h/a?…","alt":"x"}"#),
        (#"{"src":"https://h/a\u003fsig=1#2","b":1}"#, #"{"src":"https://h/a\u003f…","b":1}"#),
        (#"{"text":"Why?","mail":"ada@example"}"#, #"{"text":"Why?","mail":"ada@example"}"#),
        (#"{"src":"https://h","mail":"ada@example"}"#, #"{"src":"https://h","mail":"ada@example"}"#),
        (#"{"src":"\/@scope\/a.png","b":"C:\\a.png"}"#, #"{"src":"\/@scope\/a.png","b":"C:\\a.png"}"#),
        (#"{"src":"https://h:8080"#, #"{"src":"https://h:8080"#),
        (#"{"src":"https://[::1]"#, #"{"src":"https://[::1]"#),
        (#"{"src":"https://user:pass"#, #"{"src":"https://…"#), ("", ""), (#"\"#, #"\"#),
        (#"{"a":"\u00"#, #"{"a":"\u00"#),
    ])
    func `names, passwords and queries are cut, and nothing else`(_ text: String, _ shown: String) {
        #expect(SecretParts(ofJSON: Array(text.utf8)).shown() == shown)
    }

    @Test func `what begins in a string is unknown to its end`() {
        let text = #"ECRET","src":"https://h/a"}"#
        #expect(SecretParts(ofJSON: Array(text.utf8), beginsInString: true).shown() == #"…","src":"https://h/a"}"#)
        #expect(SecretParts(ofJSON: Array("ECRET".utf8), beginsInString: true).shown() == "…")
    }

    @Test func `the pieces of a text are the text`() {
        let text = Array(#"{"src":"http://u:p@h/a?sig=1","b":"http://u:p@h"}"#.utf8)
        let secrets = SecretParts(ofJSON: text)
        for place in 0...text.count {
            #expect(secrets.shown(0..<place) + secrets.shown(place..<text.count) == secrets.shown())
        }
    }
}
