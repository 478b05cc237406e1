internal import TipinDiagnostics
internal import TipinDocument
internal import TipinJSON

/// The text of a `tipin.json`: which keys there are, and where in it what is wrong stands.
struct ConfigurationPlaces {
    private let bytes: [UInt8]
    private let path: String

    /// - Throws: `RunError.configuration` where the text is no JSON.
    init(_ bytes: [UInt8], _ path: String) throws {
        self.bytes = bytes
        self.path = path
        try bytes.withUnsafeBufferPointer { text in
            do throws(JSONError) {
                try Tokenizer.run(text, depthLimit: 64, consumer: IgnoredTokens())
            } catch {
                throw RunError.configuration(place(ofOffset: error.offset), error.systemMessage)
            }
        }
    }

    /// `*` stands for any key or element.
    private static let keys: [String: Set<String>] = [
        "": [
            "$schema", "bookId", "dataDir", "catalog", "remote", "remoteHosts", "downloadPaths", "maxUploadMB",
            "uploadConcurrency", "allowedMime", "syncIntervalMs", "metadata", "thumbnails", "mediaRoot", "localRoots",
            "baseUrl", "exclude", "maxCacheMB", "gcGraceHours", "editorHasAssetId", "mentions", "severity",
            "legacyHosts", "limits",
        ],
        "/mentions": [
            "nodes", "fields", "collections", "fieldAddresses", "wrappers", "contents", "linkHosts",
        ],
        "/mentions/nodes/*": ["type", "addresses", "ids", "role", "content", "needsPicture"],
        "/mentions/fields/*": ["name", "role", "entity", "mayBeProse", "marksBook"],
        "/mentions/collections/*": ["name", "entity"],
        "/legacyHosts/*": ["root", "allowPrivate"],
        "/limits": ["depth", "documentMB"],
    ]

    /// A misspelt key would silently change nothing, and of a doubled one nobody knows which is meant.
    func checkKeys() throws {
        try bytes.withUnsafeBufferPointer { text in
            let mark = text.starts(with: Tokenizer.byteOrderMark) ? Tokenizer.byteOrderMark.count : 0
            let start = text[mark...].firstIndex { $0 > 0x20 } ?? 0
            guard text[start] == UInt8(ascii: "{") else {
                throw RunError.configuration(place(ofOffset: start), "must be an object")
            }
            try checkKeys(text, start..<text.count, .objectStart, pattern: "")
        }
    }

    private func checkKeys(
        _ text: UnsafeBufferPointer<UInt8>, _ value: Range<Int>, _ kind: TokenKind, pattern: String
    ) throws {
        let start = value.lowerBound
        let isAny = Self.keys.keys.contains { $0.hasPrefix(pattern + "/*") }
        switch kind {
        case .objectStart:
            var seen: Set<ByteKey> = []
            for member in ObjectLayout(text, objectAt: start).members {
                let key = JSONString.text(UnsafeBufferPointer(rebasing: text[member.key]))
                guard seen.insert(ByteKey(key)).inserted else {
                    throw RunError.configuration(
                        place(ofOffset: member.key.lowerBound),
                        "the key '\(Redaction.printable(String(key.prefix(60))))' stands twice")
                }
                if let keys = Self.keys[pattern], !keys.contains(key) {
                    throw RunError.configuration(
                        place(ofOffset: member.key.lowerBound),
                        "there is no key '\(Redaction.printable(String(key.prefix(60))))'"
                            + (pattern.isEmpty ? "" : " in \(pattern.dropFirst().replacing("/", with: "."))"),
                        help: Self.advice(for: key, of: keys))
                }
                try checkKeys(text, member.value, member.kind, pattern: pattern + "/" + (isAny ? "*" : key))
            }
        // Other lists hold no objects with keys of their own.
        case .arrayStart where isAny:
            for element in ArrayLayout(text, arrayAt: start).elements {
                try checkKeys(text, element.range, element.kind, pattern: pattern + "/*")
            }
        default: return
        }
    }

    private static func advice(for key: String, of keys: Set<String>) -> [String] {
        let near = Spelling.nearest(to: key, of: keys)
        guard near.isEmpty else { return ["did you mean \(near.map { "'\($0)'" }.joined(separator: " or "))?"] }
        return ["take it out; the keys are " + keys.subtracting(["$schema"]).sorted().joined(separator: ", ")]
    }

    func error(_ error: DecodingError) -> RunError {
        switch error {
        case .typeMismatch(let type, let context): return self.error("must be \(Self.words(for: type))", at: context)
        case .keyNotFound(let key, let context): return self.error("needs '\(key.stringValue)'", at: context)
        case .valueNotFound(_, let context), .dataCorrupted(let context):
            return self.error(context.debugDescription, at: context)
        @unknown default: return .configuration(path, "cannot be read")
        }
    }

    private func error(_ words: String, at context: DecodingError.Context) -> RunError {
        error(words, at: context.codingPath.map { $0.intValue.map(String.init) ?? $0.stringValue })
    }

    /// All numbers that there are to say are whole, and none is beyond what can be counted.
    func checkNumbers() throws {
        let fault = bytes.withUnsafeBufferPointer { text -> NumberFault? in
            guard let start = text.firstIndex(of: UInt8(ascii: "{")) else { return nil }
            return Self.numberFault(text, start..<text.count, .objectStart, at: [])
        }
        if let fault { throw error(fault.words, at: fault.place) }
    }

    /// The way to a number that cannot be used, and why.
    private typealias NumberFault = (place: [String], words: String)

    /// The first one.
    private static func numberFault(
        _ text: UnsafeBufferPointer<UInt8>, _ value: Range<Int>, _ kind: TokenKind, at keys: [String]
    ) -> NumberFault? {
        switch kind {
        case .objectStart:
            ObjectLayout(text, objectAt: value.lowerBound).members.lazy.compactMap { member in
                let key = JSONString.text(UnsafeBufferPointer(rebasing: text[member.key]))
                return numberFault(text, member.value, member.kind, at: keys + [key])
            }.first
        case .arrayStart:
            ArrayLayout(text, arrayAt: value.lowerBound).elements.enumerated().lazy.compactMap { index, element in
                numberFault(text, element.range, element.kind, at: keys + ["\(index)"])
            }.first
        case .number:
            fault(ofNumber: String(decoding: text[value], as: UTF8.self)).map { (keys, $0) }
        default: nil
        }
    }

    private static func fault(ofNumber text: String) -> String? {
        guard let number = Double(text), number.magnitude < 0x1p63 else { return "the number is too large" }
        return number == number.rounded() ? nil : "must be a whole number"
    }

    private static func words(for type: Any.Type) -> String {
        switch type {
        case is String.Type: "a string"
        case is Int.Type: "a whole number"
        case is Bool.Type: "true or false"
        case is [Any].Type: "a list"
        default: "an object"
        }
    }

    /// - Parameter keys: the way to the value, elements by their numbers.
    func error(_ words: String, at keys: [String]) -> RunError {
        let name = Redaction.printable(keys.joined(separator: "."))
        return .configuration(place(of: keys), name.isEmpty ? words : "\(name): \(words)")
    }

    private func place(of keys: [String]) -> String {
        bytes.withUnsafeBufferPointer { text in
            guard var offset = text.firstIndex(of: UInt8(ascii: "{")) else { return path }
            for key in keys {
                if text[offset] == UInt8(ascii: "{") {
                    guard let member = ObjectLayout(text, objectAt: offset).member(key, in: text) else { break }
                    offset = member.value.lowerBound
                } else if text[offset] == UInt8(ascii: "["), let index = Int(key) {
                    let elements = ArrayLayout(text, arrayAt: offset).elements
                    guard elements.indices.contains(index) else { break }
                    offset = elements[index].range.lowerBound
                }
            }
            return place(ofOffset: offset)
        }
    }

    private func place(ofOffset offset: Int) -> String {
        bytes.withUnsafeBufferPointer { text in
            var counter = LineCounter(text)
            let (line, column) = counter.position(of: offset)
            return "\(path):\(line):\(column)"
        }
    }
}
