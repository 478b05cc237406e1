import Testing
import TipinJSON

@testable import TipinDocument

struct OtherAddressTests {
    @Test(arguments: [
        (
            #"{"sources":[{"srcset":"a.webp 1x, b.webp 2x","type":"image/webp","media":"(min-width: 9px)"}]}"#,
            ["a.webp", "b.webp"]
        ),
        (#"{"sources":["a.png","b.png"]}"#, ["a.png", "b.png"]),
        (#"{"fallback":{"alt":"a map","url":"a.png","title":"words"}}"#, ["a.png"]),
        (#"{"sources":[{"anything":"https://h/a.png"}]}"#, ["https://h/a.png"]),
    ])
    func `what describes an address is none`(text: String, addresses: [String]) {
        let found = Array(text.utf8).withUnsafeBufferPointer { buffer in
            MemberReader(buffer, objectAt: 0).alternates(["sources", "fallback"])
        }
        #expect(found.flatMap(\.addresses) == addresses)
    }
}
