import Testing
import TipinJSON
import TipinTestSupport

@testable import TipinDocument

/// The web platform's own vectors for `data:` URLs and forgiving base64.
@Suite(.enabled(if: Corpus.isHere, "\(Corpus.reason)"))
struct AddressCorpusTests {
    @Test func `every data URL of the vectors is read as browsers read it`() throws {
        let rows = try Self.rows(of: "data-urls.json")
        #expect(rows.count > 70)
        for row in rows {
            let url = row.text(0)
            guard let type = row.optionalText(1) else {
                #expect(throws: DataURL.Failure.self, "\(url)") { try DataURL(url.utf8) }
                continue
            }
            let read = try? DataURL(url.utf8)
            #expect(read?.mediaType == type, "\(url)")
            #expect(read?.bytes == row.numbers(2), "\(url)")
        }
    }

    @Test func `every base64 text of the vectors is decoded as browsers decode it`() throws {
        let rows = try Self.rows(of: "base64.json")
        #expect(rows.count > 70)
        for row in rows { #expect(Base64.decoded(row.text(0).utf8) == row.numbers(1), "\(row.text(0))") }
    }

    /// The vectors that the URL-safe alphabet would change are these two.
    @Test func `the URL-safe alphabet differs from the vectors only where it must`() throws {
        let differing = try Self.rows(of: "base64.json").filter {
            Base64.decoded(urlSafe: $0.text(0).utf8) != $0.numbers(1)
        }
        #expect(differing.map { $0.text(0) } == ["--", "__"])
    }

    /// An array of values of different kinds.
    private struct Row {
        let bytes: [UInt8]
        private let elements: [(range: Range<Int>, kind: TokenKind)]

        init(_ bytes: [UInt8]) {
            self.bytes = bytes
            elements = bytes.withUnsafeBufferPointer { ArrayLayout($0, arrayAt: 0).elements }
        }

        func text(_ index: Int) -> String { optionalText(index) ?? "" }

        func optionalText(_ index: Int) -> String? {
            guard elements[index].kind == .string else { return nil }
            return Array(bytes[elements[index].range]).withUnsafeBufferPointer(JSONString.text)
        }

        func numbers(_ index: Int) -> [UInt8]? {
            guard elements[index].kind == .arrayStart else { return nil }
            let inner = Row(Array(bytes[elements[index].range]))
            return inner.elements.compactMap { UInt8(String(decoding: inner.bytes[$0.range], as: UTF8.self)) }
        }
    }

    private static func rows(of name: String) throws -> [Row] {
        let bytes = try Corpus.read(name)
        let rows = bytes.withUnsafeBufferPointer { ArrayLayout($0, arrayAt: 0).elements }
        return rows.filter { $0.kind == .arrayStart }.map { Row(Array(bytes[$0.range])) }
    }
}
