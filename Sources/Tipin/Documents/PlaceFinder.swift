package import TipinDiagnostics
package import TipinDocument
internal import TipinJSON

/// Says where in a file something stands, in one pass for ascending offsets.
package struct PlaceFinder {
    private let file: DocumentFile
    private let bytes: [UInt8]

    package init(_ loaded: LoadedFile) {
        file = loaded.file
        bytes = loaded.bytes
    }

    package func place(of mention: Mention, in document: LoadedDocument, excerpt: Bool = true) -> Place {
        place(
            ofOffset: document.offset + Int(mention.value.start), length: mention.value.count,
            pointer: document.collected.pointer(of: mention), excerpt: excerpt)
    }

    package func place(ofOffset offset: Int, length: Int, pointer: String?, excerpt: Bool = true) -> Place {
        bytes.withUnsafeBufferPointer { text in
            var counter = LineCounter(text)
            return place(ofOffset: offset, length: length, pointer: pointer, excerpt: excerpt, &counter, text)
        }
    }

    /// The places of many values, which are in ascending order.
    package func places(of mentions: [Mention], in document: LoadedDocument) -> [Place] {
        bytes.withUnsafeBufferPointer { text in
            var counter = LineCounter(text)
            return mentions.map { mention in
                place(
                    ofOffset: document.offset + Int(mention.value.start), length: mention.value.count,
                    pointer: document.collected.pointer(of: mention), excerpt: false, &counter, text)
            }
        }
    }

    /// What was found of mentions, each at its place.
    func diagnostics(_ findings: [MentionFinding], in document: LoadedDocument) -> [Diagnostic] {
        guard !findings.isEmpty else { return [] }
        let mentions = document.collected.mentions
        return bytes.withUnsafeBufferPointer { text in
            var counter = LineCounter(text)
            return findings.sorted { $0.mention < $1.mention }.map { finding in
                let mention = mentions[finding.mention]
                let place = place(
                    ofOffset: document.offset + Int(mention.value.start), length: mention.value.count,
                    pointer: document.collected.pointer(of: mention), excerpt: true, &counter, text)
                return Diagnostic(finding.problem, at: place, severity: finding.severity)
            }
        }
    }

    private func place(
        ofOffset offset: Int, length: Int, pointer: String?, excerpt: Bool, _ counter: inout LineCounter,
        _ text: UnsafeBufferPointer<UInt8>
    ) -> Place {
        let (line, column) = counter.position(of: offset)
        return Place(
            file: file.label, line: line, column: column, offset: offset, length: length, pointer: pointer,
            excerpt: excerpt ? self.excerpt(offset, length, text) : nil)
    }

    private static let width = 60

    /// At most 60 columns of the line around the value.
    private func excerpt(_ offset: Int, _ length: Int, _ text: UnsafeBufferPointer<UInt8>) -> Excerpt? {
        guard offset <= text.count else { return nil }
        var start = offset
        while start > 0, text[start - 1] != 0x0A, offset - start < 20 { start -= 1 }
        while start < offset, text[start] & 0xC0 == 0x80 || text[start] <= 0x20 { start += 1 }
        var end = offset
        while end < text.count, text[end] != 0x0A, text[end] != 0x0D, end - start < Self.width { end += 1 }
        while end < text.count, end > offset, text[end] & 0xC0 == 0x80 { end -= 1 }
        func shown(_ range: Range<Int>) -> String {
            Redaction.printable(String(decoding: text[range], as: UTF8.self))
        }
        let before = shown(start..<offset)
        let value = shown(offset..<max(offset, min(end, offset + length)))
        let after = shown(max(offset, min(end, offset + length))..<end)
        guard !(before + value + after).isEmpty else { return nil }
        return Excerpt(
            text: Redaction.redacted(before + value + after), indent: before.count, width: max(1, value.count))
    }
}
