import Testing
import TipinJSON
import TipinTestSupport

@testable import TipinDocument

struct InlineAddressTests {
    private static let address = "data:image/png;base64," + String(repeating: "iVBORw0KGgo+", count: 20) + "AA=="

    private static func node(_ src: String, _ more: String = "") -> String {
        #"{"content":[{"type":"image","attrs":{"src":«"\#(src)"»\#(more)}}]}"#
    }

    @Test(arguments: [
        node(address), node("data:"), node("data:,é"), #"{"coverImage":«"\#(address)"»,"chapters":[]}"#,
        #"{"coverImage":{"url":«"\#(address)"»,"role":"cover"},"chapters":[]}"#,
        #"{"content":"[{\"type\":\"image\",\"attrs\":{\"src\":«\"\#(address)\"»}}]"}"#,
        #"{"content":"\"[{\\\"type\\\":\\\"image\\\",\\\"attrs\\\":{\\\"src\\\":«\\\"\#(address)\\\"»}}]\""}"#,
    ])
    func `an address that stands there plainly is read where it stands`(text: String) throws {
        let document = try Collected(text).document
        let inline = try #require(document.inlineAddress(of: document.mentions[0]))
        let told = try #require(document.details(of: document.mentions[0]).address)
        #expect(inline.withBytes { Array($0) } == Array(told.utf8))
    }

    @Test(arguments: [
        node(#"data:image\/png;base64,AAAA"#), node("DATA:,a"), node(" data:,a"), node("data:,a "), node(#"data:,\\"#),
        node(#"data:,a\u0041"#), node("https://host.example/1.png"), node("1.png"),
        #"{"content":[{"type":"image","attrs":{"assetId":"a1","src":«"data:,a"»}}]}"#,
        #"{"content":"[{\"type\":\"image\",\"attrs\":{\"src\":«\"data:,\\\\\"»}}]"}"#,
        #"{"content":"[{\"type\":\"image\",\"attrs\":{\"src\":«\"data:image\\/png,\"»}}]"}"#,
    ])
    func `any other is left to those who unescape it`(text: String) throws {
        let document = try Collected(text).document
        #expect(document.inlineAddress(of: document.mentions[0]) == nil)
    }

    @Test func `two are equal where their bytes are`() throws {
        func inline(_ address: String, _ before: String = "") throws -> InlineAddress {
            let document = try Collected(before + Self.node(address)).document
            return try #require(document.inlineAddress(of: document.mentions[0]))
        }
        let first = try inline(Self.address)
        #expect(try first == inline(Self.address, "  "))
        #expect(try first.hashValue == inline(Self.address, "  ").hashValue)
        for place in [5, 40, 200, Self.address.utf8.count - 1] {
            var other = Array(Self.address.utf8)
            other[place] = UInt8(ascii: "x")
            #expect(try first != inline(String(decoding: other, as: UTF8.self)), "\(place)")
        }
        #expect(try first != inline(String(Self.address.dropLast())))
    }
}
