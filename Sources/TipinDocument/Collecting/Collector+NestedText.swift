internal import TipinJSON

extension Collector {
    /// What a string turned out to hold where a document is expected.
    private enum NestedContent {
        case document
        /// It begins like a document and cannot be followed, which is noted.
        case unread
        case other
    }

    /// A string where a document is expected: JSON text once more, HTML, or plain words.
    func nestedText(_ token: ByteRange, _ top: Int) {
        let before = hot.pointee.mentionCount
        var content = NestedContent.other
        switch firstCharacter(of: token) {
        case UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "\""):
            content = collectNested(token, path: enteredPath(top), scope: frames[top].scope)
        case UInt8(ascii: "<"): noteHTML(token, top)
        default: break
        }
        if content == .unread, top == 0 { root.holdsUnread = true }
        contentEnded(top, isDocument: content == .document, isWhole: true, from: before)
    }

    /// The first byte of the string's text that is not white space.
    private func firstCharacter(of token: ByteRange) -> UInt8 {
        beginning(of: token, limit: 50).first { $0 > 0x20 } ?? 0
    }

    /// Without the byte order mark that a text may begin with.
    private static func withoutMark(_ head: [UInt8]) -> [UInt8] {
        head.starts(with: Tokenizer.byteOrderMark) ? Array(head.dropFirst(Tokenizer.byteOrderMark.count)) : head
    }

    /// The beginning of the string's text.
    /// - Parameter limit: bytes of the token that are looked at.
    private func beginning(of token: ByteRange, limit: Int) -> [UInt8] {
        let inside = text[(Int(token.start) + 1)..<(Int(token.end) - 1)]
        return Self.withoutMark(
            JSONString.beginning(UnsafeBufferPointer(rebasing: inside.prefix(limit)), isCut: inside.count > limit))
    }

    /// Only what is a document or an array of nodes has mentions.
    /// - Parameter path: of the text in the string.
    private func collectNested(_ token: ByteRange, path: Int32, scope: Int32) -> NestedContent {
        guard levelsOfNextText <= depthLimit else {
            return notRead(token, path, .tooDeep(limit: depthLimit))
        }
        guard openBytes + token.count <= openBytesLimit else {
            return notRead(token, path, .textsTooLarge(limit: openBytesLimit))
        }
        let unescaped = UnescapedText((Int(token.start) + 1)..<(Int(token.end) - 1), of: text)
        return unescaped.bytes.withUnsafeBufferPointer { inner in
            let collector = Collector(inner, in: self, unescaped: unescaped, scope: scope, path: path)
            swap(&collector.result, &result)
            collector.hot.pointee.mentionCount = hot.pointee.mentionCount
            defer {
                swap(&collector.result, &result)
                hot.pointee.mentionCount = Int32(result.mentions.count)
            }
            return collector.readNested(token)
        }
    }

    /// Reads this text, which stands in a string.
    /// - Parameter token: the string, in the text around it.
    private func readNested(_ token: ByteRange) -> NestedContent {
        let counts = (
            result.mentions.count, result.htmlContents.count, result.unreadContents.count, result.looseAddresses.count
        )
        func forget() {
            result.mentions.removeSubrange(min(counts.0, result.mentions.count)...)
            result.htmlContents.removeSubrange(counts.1...)
            result.unreadContents.removeSubrange(counts.2...)
            result.looseAddresses.removeSubrange(counts.3...)
        }
        do throws(JSONError) {
            try Tokenizer.run(text, depthLimit: depthLimit - levelsAround, isChecked: true, consumer: self)
        } catch {
            forget()
            guard let outer, outer.collector.beginsLikeDocument(token) else { return .other }
            var error = error
            if case .tooDeep = error.reason { error.reason = .tooDeep(limit: depthLimit) }
            let place = ByteRange(min(error.offset, text.count)..<min(error.offset + 1, text.count))
            note(error, at: documentRange(place), rootPath)
            return .unread
        }
        if root.isDocument || (root.isArray && root.isNodeArray) || root.wrapsDocument || root.isNode {
            return .document
        }
        // A text that was made into a string twice.
        var content = NestedContent.other
        if root.string.isPresent {
            result.paths.append(.init(parent: rootPath, name: .enter))
            content = collectNested(root.string, path: Int32(result.paths.count - 1), scope: rootScope)
        }
        if content == .other, root.holdsUnread { content = .unread }
        if content == .other { forget() }
        return content
    }

    // MARK: What cannot be read

    private func notRead(_ token: ByteRange, _ path: Int32, _ reason: JSONError.Reason) -> NestedContent {
        guard beginsLikeDocument(token) else { return .other }
        note(JSONError(reason, at: 0), at: documentRange(token), path)
        return .unread
    }

    private func note(_ error: JSONError, at place: ByteRange, _ path: Int32) {
        let pointer = CollectedDocument.pointer(ofPath: result.paths[Int(path)].parent, in: result.paths)
        result.unreadContents.append(.init(value: place, pointer: pointer, error: error))
    }

    /// Whether the string's text begins like an object or like an array of objects, in however many strings more: what
    /// begins with a bracket or a quotation mark alone may be anybody's words.
    private func beginsLikeDocument(_ token: ByteRange) -> Bool {
        let limit = 4096
        let isCut = token.count - 2 > limit
        var head = beginning(of: token, limit: limit)[...]
        func skipBlanks() { head = head.drop { $0 <= 0x20 } }
        skipBlanks()
        while head.first == UInt8(ascii: "\"") {
            head = head.dropFirst().withUnsafeBufferPointer { JSONString.beginning($0, isCut: isCut) }[...]
            skipBlanks()
            if head.isEmpty { return isCut }
        }
        let isArray = head.first == UInt8(ascii: "[")
        if isArray {
            head = head.dropFirst()
            skipBlanks()
        }
        guard head.first == UInt8(ascii: "{") else { return false }
        head = head.dropFirst()
        skipBlanks()
        return head.first == UInt8(ascii: "\"") || (isArray && head.first == UInt8(ascii: "}"))
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
