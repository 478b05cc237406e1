internal import TipinJSON

extension Collector {
    /// How many strings inside one another are looked into; each level doubles the escapes, so real ones stay below.
    private static let nestingLimit = 8

    /// A string where a document is expected: JSON text once more, HTML, or plain words.
    func nestedText(_ token: ByteRange, _ top: Int) {
        let before = hot.pointee.mentionCount
        var isDocument = false
        switch firstCharacter(of: token) {
        case UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "\""):
            if Int(nesting) < Self.nestingLimit { isDocument = collectNested(token, top) }
        case UInt8(ascii: "<"): noteHTML(token, top)
        default: break
        }
        contentEnded(top, isDocument: isDocument, from: before)
    }

    /// The first byte of the string's text that is not white space.
    private func firstCharacter(of token: ByteRange) -> UInt8 {
        let head = text[Int(token.start)..<min(Int(token.end), Int(token.start) + 64)]
        if head.count == token.count {
            return JSONString.decode(UnsafeBufferPointer(rebasing: head)).first { $0 > 0x20 } ?? 0
        }
        let beginning = UnescapedText((Int(token.start) + 1)..<(Int(token.start) + 50), of: text)
        return beginning.bytes.first { $0 > 0x20 } ?? 0
    }

    /// - Returns: whether the text is a document or an array of nodes; only then its mentions count.
    private func collectNested(_ token: ByteRange, _ top: Int) -> Bool {
        let unescaped = UnescapedText((Int(token.start) + 1)..<(Int(token.end) - 1), of: text)
        return collectNested(unescaped, path: enteredPath(top), scope: frames[top].scope)
    }

    private func collectNested(_ unescaped: UnescapedText, path: Int32, scope: Int32) -> Bool {
        unescaped.bytes.withUnsafeBufferPointer { inner in
            let collector = Collector(inner, in: self, unescaped: unescaped, scope: scope, path: path)
            swap(&collector.result, &result)
            collector.hot.pointee.mentionCount = hot.pointee.mentionCount
            defer {
                swap(&collector.result, &result)
                hot.pointee.mentionCount = Int32(result.mentions.count)
            }
            let counts = (collector.result.mentions.count, collector.result.htmlContents.count)
            let isRead =
                (try? Tokenizer.run(inner, depthLimit: depthLimit, isChecked: true, consumer: collector)) != nil
            let root = collector.root
            var isDocument =
                isRead && (root.isDocument || (root.isArray && root.isNodeArray) || root.wrapsDocument || root.isNode)
            if isRead, root.string.isPresent, Int(collector.nesting) < Self.nestingLimit {
                isDocument = collector.collectRootString(path: path, scope: scope)
            }
            if !isDocument {
                collector.result.mentions.removeSubrange(min(counts.0, collector.result.mentions.count)...)
                collector.result.htmlContents.removeSubrange(counts.1...)
            }
            return isDocument
        }
    }

    /// A text that was made into a string twice.
    private func collectRootString(path: Int32, scope: Int32) -> Bool {
        let unescaped = UnescapedText((Int(root.string.start) + 1)..<(Int(root.string.end) - 1), of: text)
        result.paths.append(.init(parent: path, name: .enter))
        return collectNested(unescaped, path: Int32(result.paths.count - 1), scope: scope)
    }

    private func enteredPath(_ top: Int) -> Int32 {
        result.paths.append(.init(parent: path(of: top), name: .key(nonEmptyText(frames[top].key) ?? "")))
        result.paths.append(.init(parent: Int32(result.paths.count - 1), name: .enter))
        return Int32(result.paths.count - 1)
    }

    private func noteHTML(_ token: ByteRange, _ top: Int) {
        let html = UnescapedText((Int(token.start) + 1)..<(Int(token.end) - 1), of: text)
        guard let found = HTMLImages.addresses(in: html.bytes) else { return }
        let images = found.map { address in
            CollectedDocument.HTMLImage(
                name: address.element + " " + address.attribute,
                address: String(decoding: html.bytes[address.range], as: UTF8.self),
                value: documentRange(ByteRange(html.outerRange(of: address.range, in: text))))
        }
        if top == 0, nesting == 0 { root.holdsHTML = true }
        result.paths.append(.init(parent: path(of: top), name: .key(nonEmptyText(frames[top].key) ?? "")))
        let pointer = CollectedDocument.pointer(ofPath: Int32(result.paths.count - 1), in: result.paths)
        result.htmlContents.append(.init(value: documentRange(token), pointer: pointer, images: images))
    }
}
