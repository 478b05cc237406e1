package import Testing
package import TipinDocument
package import TipinJSON

/// Checks every law of a rewrite: the result is the expected one, the inverse leads back, a second time changes
/// nothing, and nothing but the edits' ranges differs, in bytes and in tokens.
package func expectRewrite(
    _ text: String, to expected: String, sourceLocation: SourceLocation = #_sourceLocation,
    by makeEdits: ([UInt8]) throws -> [Edit]
) rethrows {
    let output = try expectLaws(Array(text.utf8), at: sourceLocation, makeEdits)
    #expect(String(decoding: output, as: UTF8.self) == expected, sourceLocation: sourceLocation)
}

/// As above for edits that were made already, which cannot be made a second time.
package func expectRewrite(
    _ text: String, to expected: String, by edits: [Edit], sourceLocation: SourceLocation = #_sourceLocation
) {
    let input = Array(text.utf8)
    let output = edits.applied(to: input)
    expectLocal(edits, input, output, at: sourceLocation)
    #expect(String(decoding: output, as: UTF8.self) == expected, sourceLocation: sourceLocation)
}

/// As above for a document that is collected first.
package func expectRewrite(
    document text: String, to expected: String, rules: RuleTable = .builtIn,
    sourceLocation: SourceLocation = #_sourceLocation, by makeEdits: (CollectedDocument) throws -> [Edit]
) throws {
    let collector = DocumentCollector(rules: CompiledRules(rules))
    try expectRewrite(text, to: expected, sourceLocation: sourceLocation) { bytes in
        try makeEdits(try #require(try collector.collect(bytes), sourceLocation: sourceLocation))
    }
}

/// Checks the laws that need no expected result.
/// - Returns: the output.
@discardableResult
package func expectLaws(
    _ input: [UInt8], at sourceLocation: SourceLocation = #_sourceLocation, _ makeEdits: ([UInt8]) throws -> [Edit]
) rethrows -> [UInt8] {
    let edits = try makeEdits(input)
    let output = edits.applied(to: input)
    expectLocal(edits, input, output, at: sourceLocation)
    let again = try makeEdits(output)
    #expect(again.isEmpty, "a second time changes \(again)", sourceLocation: sourceLocation)
    return output
}

private func expectLocal(_ edits: [Edit], _ input: [UInt8], _ output: [UInt8], at place: SourceLocation) {
    if edits.isEmpty { #expect(output == input, "nothing to do but other bytes", sourceLocation: place) }
    #expect(edits.allSatisfy { !input[$0.range].elementsEqual($0.replacement) }, "empty edit", sourceLocation: place)
    expectProof(edits, input, output, at: place)
    let inverse = edits.inverted(from: input)
    #expect(inverse.applied(to: output) == input, "the inverse leads elsewhere", sourceLocation: place)
    // The ranges of the inverse are where the edits' replacements stand now.
    #expect(
        untouched(input, edits) == untouched(output, inverse), "bytes outside the edits differ", sourceLocation: place)
    do {
        let before = try TokenList.tokens(of: input)
        let after = try TokenList.tokens(of: output)
        let map = OffsetMap(edits)
        let kept = before.filter { !edits.cover($0) }.map(map.moved)
        #expect(kept == after.filter { !inverse.cover($0) }, "other tokens changed", sourceLocation: place)
    } catch {
        Issue.record("not JSON any more: \(error)", sourceLocation: place)
    }
}

/// The check before anything is written finds nothing.
private func expectProof(_ edits: [Edit], _ input: [UInt8], _ output: [UInt8], at place: SourceLocation) {
    let fault = input.withUnsafeBufferPointer { input in
        output.withUnsafeBufferPointer { output -> TokenComparison.Fault? in
            do throws(TokenComparison.Fault) {
                try TokenComparison.check(edits.sortedByPlace(), from: input, to: output, depthLimit: 1024)
                return nil
            } catch {
                return error
            }
        }
    }
    #expect(fault == nil, sourceLocation: place)
}

/// The bytes that no edit touches, piece by piece.
private func untouched(_ bytes: [UInt8], _ edits: [Edit]) -> [[UInt8]] {
    var position = 0
    var pieces: [[UInt8]] = []
    for edit in edits.sortedByPlace() {
        pieces.append(Array(bytes[position..<edit.range.lowerBound]))
        position = edit.range.upperBound
    }
    return pieces + [Array(bytes[position...])]
}

extension [Edit] {
    /// Whether an edit replaces the whole token.
    fileprivate func cover(_ token: Token) -> Bool {
        contains { $0.range.lowerBound <= Int(token.range.start) && $0.range.upperBound >= Int(token.range.end) }
    }
}

/// Where the tokens around edits stand after them.
private struct OffsetMap {
    private let edits: [Edit]

    init(_ edits: [Edit]) { self.edits = edits }

    func moved(_ token: Token) -> Token {
        // What is inserted at a token's first byte stands before it, at its end behind it.
        let start = Int(token.range.start) + shift { $0.range.upperBound <= Int(token.range.start) }
        let end = Int(token.range.end) + shift { $0.range.lowerBound < Int(token.range.end) }
        return Token(token.kind, ByteRange(start, end))
    }

    private func shift(_ counts: (Edit) -> Bool) -> Int {
        edits.filter(counts).reduce(0) { $0 + $1.replacement.count - $1.range.count }
    }
}
