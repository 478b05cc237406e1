package import TipinDiagnostics
package import TipinDocument
internal import TipinJSON

/// Says where in a file something stands, in one pass for ascending offsets.
package struct PlaceFinder {
    private let file: DocumentFile
    private let bytes: [UInt8]
    /// Bytes before the file's own, where it is a piece of a stream.
    private let offsetBase: Int

    package init(_ loaded: LoadedFile) {
        file = loaded.file
        bytes = loaded.bytes
        offsetBase = loaded.offsetBase
    }

    /// From where lines are counted: in NDJSON each line is known by its number.
    package struct Origin: Sendable {
        var offset = 0
        /// 1-based.
        var line = 1

        package init(offset: Int = 0, line: Int = 1) {
            self.offset = offset
            self.line = line
        }

        init(_ document: LoadedDocument) {
            if let line = document.line { self.init(offset: document.offset, line: line) } else { self.init() }
        }
    }

    /// - Parameter offset: bytes from the start of the file.
    package func place(
        ofOffset offset: Int, length: Int, pointer: String?, from origin: Origin = Origin()
    ) -> Place {
        withCounter(from: origin) { text, counter in
            place(ofOffset: offset, length: length, pointer: pointer, origin, &counter, text, hasExcerpt: true)
        }
    }

    /// The places of many values, which are in ascending order.
    /// - Parameter hasPointers: whether their JSON pointers are wanted too.
    package func places(of mentions: [Mention], in document: LoadedDocument, hasPointers: Bool = true) -> [Place] {
        let origin = Origin(document)
        return withCounter(from: origin) { text, counter in
            mentions.map { mention in
                place(of: mention, in: document, origin, &counter, text, hasPointer: hasPointers, hasExcerpt: false)
            }
        }
    }

    /// What was found of mentions, each at its place.
    func diagnostics(_ findings: [MentionFinding], in document: LoadedDocument) -> [Diagnostic] {
        guard !findings.isEmpty else { return [] }
        let origin = Origin(document)
        let mentions = document.collected.mentions
        return withCounter(from: origin) { text, counter in
            findings.sorted { $0.mention < $1.mention }.map { finding in
                let place = place(of: mentions[finding.mention], in: document, origin, &counter, text)
                return Diagnostic(finding.problem, at: place, severity: finding.severity)
            }
        }
    }

    /// What was found of other values, each at its place.
    func diagnostics(_ findings: [ValueFinding], in document: LoadedDocument) -> [Diagnostic] {
        guard !findings.isEmpty else { return [] }
        let origin = Origin(document)
        return withCounter(from: origin) { text, counter in
            // In ascending order, so that each line is counted once for all of them.
            findings.sorted { $0.value.lowerBound < $1.value.lowerBound }.map { finding in
                let place = place(
                    ofOffset: document.offset + finding.value.lowerBound, length: finding.value.count,
                    pointer: finding.pointer, origin, &counter, text, hasExcerpt: true)
                return Diagnostic(finding.problem, at: place, severity: finding.severity)
            }
        }
    }

    // MARK: Counting

    private typealias Text = UnsafeBufferPointer<UInt8>

    private func withCounter<Result>(from origin: Origin, _ body: (Text, inout LineCounter) -> Result) -> Result {
        bytes.withUnsafeBufferPointer { text in
            var counter = LineCounter(UnsafeBufferPointer(rebasing: text[min(origin.offset, text.count)...]))
            return body(text, &counter)
        }
    }

    private func place(
        of mention: Mention, in document: LoadedDocument, _ origin: Origin, _ counter: inout LineCounter, _ text: Text,
        hasPointer: Bool = true, hasExcerpt: Bool = true
    ) -> Place {
        place(
            ofOffset: document.offset + Int(mention.value.start), length: mention.value.count,
            pointer: hasPointer ? document.collected.pointer(of: mention) : nil, origin, &counter, text,
            hasExcerpt: hasExcerpt)
    }

    private func place(
        ofOffset offset: Int, length: Int, pointer: String?, _ origin: Origin, _ counter: inout LineCounter,
        _ text: Text, hasExcerpt: Bool
    ) -> Place {
        let (line, column) = counter.position(of: offset - origin.offset)
        return Place(
            file: file.label, line: line + origin.line - 1, column: column, offset: offset + offsetBase, length: length,
            pointer: pointer, excerpt: hasExcerpt ? excerpt(offset, length, text) : nil)
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
        let (known, secrets) = secrets(around: start..<end, text)
        func shown(_ range: Range<Int>) -> String {
            Redaction.printable(secrets.shown(range.lowerBound - known..<range.upperBound - known))
        }
        let before = shown(start..<offset)
        let value = shown(offset..<max(offset, min(end, offset + length)))
        let after = shown(max(offset, min(end, offset + length))..<end)
        guard !(before + value + after).isEmpty else { return nil }
        return Excerpt(text: before + value + after, indent: before.count, width: max(1, value.count))
    }

    /// So much is looked at around what is shown: an address may begin before it, and the host that tells a password
    /// from a name follows it.
    private static let surroundings = 1024

    /// What must not be shown, and where the text begins that it was looked for in.
    private func secrets(around shown: Range<Int>, _ text: Text) -> (start: Int, SecretParts) {
        var start = shown.lowerBound
        let first = max(0, start - Self.surroundings)
        // From a quote on it is known what stands in a string.
        while start > first, text[start - 1] != UInt8(ascii: "\""), text[start - 1] != 0x0A { start -= 1 }
        let isInString = start == first && first > 0
        if isInString { start = shown.lowerBound }
        if !isInString, start > 0, text[start - 1] == UInt8(ascii: "\"") { start -= 1 }
        while !isInString, start > 0, text[start - 1] == UInt8(ascii: "\\") { start -= 1 }
        let last = min(text.count, shown.upperBound + Self.surroundings)
        let end = text[shown.upperBound..<last].firstIndex { $0 <= 0x20 || "/?#@\"".utf8.contains($0) }
        let piece = Array(text[start..<(end.map { $0 + 1 } ?? last)])
        return (start, SecretParts(ofJSON: piece, beginsInString: isInString))
    }
}
