internal import Foundation
internal import TipinJSON

/// Documents of unusual shapes.
extension GeneratedCorpus {
    /// A book whose chapters have their content as JSON text in a string, as often as told.
    static func nested(chapters: Int, levels: Int) -> [UInt8] {
        let texts = (0..<chapters).map { number in
            var content = String(decoding: chapterContent(number), as: UTF8.self)
            for _ in 0..<levels { content = String(decoding: JSONString.encode(content), as: UTF8.self) }
            return #"{"id":"c\#(number)","content":\#(content)}"#
        }
        return Array((#"{"id":"bench","chapters":["# + texts.joined(separator: ",") + "]}").utf8)
    }

    private static func chapterContent(_ number: Int) -> [UInt8] {
        var random = Splitmix(seed: UInt64(number))
        let nodes = (0..<60).map { $0 % 8 == 0 ? picture(Asset(random.next()), &random) : paragraph(&random) }
        return Array((#"{"type":"doc","content":["# + nodes.joined(separator: ",") + "]}").utf8)
    }

    /// A document of pictures that stand in it as Base64 of that many bytes.
    static func dataURLs(_ count: Int, bytes: Int) -> [UInt8] {
        var random = Splitmix(seed: 5)
        let nodes = (0..<count).map { _ in
            let picture = (0..<bytes).map { _ in UInt8(truncatingIfNeeded: random.next()) }
            return #"{"type":"image","attrs":{"src":"data:image/png;base64,\#(Data(picture).base64EncodedString())"}}"#
        }
        return Array((#"{"type":"doc","content":["# + nodes.joined(separator: ",") + "]}").utf8)
    }

    /// A chapter with one text of that length, every other character escaped where it is wanted so.
    static func text(bytes: Int, escaped: Bool) -> [UInt8] {
        let piece = escaped ? #"a\n\u00e9\""# : "a quiet harbour "
        let text = String(repeating: piece, count: bytes / piece.utf8.count)
        let paragraph = #"{"type":"paragraph","content":[{"type":"text","text":"\#(text)"}]}"#
        return Array(#"{"id":"c","bookId":"b","content":{"type":"doc","content":[\#(paragraph)]}}"#.utf8)
    }

    /// Quotes in quotes, with a picture in each innermost one.
    static func deep(levels: Int, times: Int) -> [UInt8] {
        // Each quote is an object and its array.
        let quotes = levels / 2 - 4
        let head = String(repeating: #"{"type":"blockquote","content":["#, count: quotes)
        let tail = String(repeating: "]}", count: quotes)
        let picture = #"{"type":"image","attrs":{"src":"https://cdn.example/a.png"}}"#
        let nodes = repeatElement(head + picture + tail, count: times).joined(separator: ",")
        return Array((#"{"id":"c","bookId":"b","content":{"type":"doc","content":["# + nodes + "]}}").utf8)
    }

    /// A chapter with pictures that are really there, each another one.
    static func inlinePictures(_ count: Int, side: Int) -> [UInt8] {
        let nodes = (0..<count).map { number in
            let picture = Data(NoisePicture.png(UInt64(number), side: side)).base64EncodedString()
            return #"{"type":"image","attrs":{"src":"data:image/png;base64,\#(picture)"}}"#
        }
        let content = #"{"type":"doc","content":["# + nodes.joined(separator: ",") + "]}"
        return Array(#"{"id":"c","bookId":"b","content":\#(content)}"#.utf8)
    }
}
