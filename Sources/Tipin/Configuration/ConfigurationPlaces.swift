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

    /// A misspelt key would silently change nothing.
    func checkKeys() throws {
        try bytes.withUnsafeBufferPointer { text in
            guard let start = text.firstIndex(of: UInt8(ascii: "{")) else { return }
            try checkKeys(text, start, .objectStart, pattern: "")
        }
    }

    private func checkKeys(
        _ text: UnsafeBufferPointer<UInt8>, _ start: Int, _ kind: TokenKind, pattern: String
    ) throws {
        let isAny = Self.keys.keys.contains { $0.hasPrefix(pattern + "/*") }
        switch kind {
        case .objectStart:
            for member in ObjectLayout(text, objectAt: start).members {
                let name = JSONString.text(UnsafeBufferPointer(rebasing: text[member.key]))
                if let keys = Self.keys[pattern], !keys.contains(name) {
                    throw RunError.configuration(
                        place(ofOffset: member.key.lowerBound),
                        "there is no key '\(Redaction.printable(String(name.prefix(60))))'"
                            + (pattern.isEmpty ? "" : " in \(pattern.dropFirst().replacing("/", with: "."))"))
                }
                let inner = pattern + "/" + (isAny ? "*" : name)
                try checkKeys(text, member.value.lowerBound, member.kind, pattern: inner)
            }
        case .arrayStart where isAny:
            for element in ArrayLayout(text, arrayAt: start).elements {
                try checkKeys(text, element.range.lowerBound, element.kind, pattern: pattern + "/*")
            }
        default: return
        }
    }

    func error(_ error: DecodingError) -> RunError {
        switch error {
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .keyNotFound(_, let context),
            .dataCorrupted(let context):
            let place = context.codingPath.map { $0.intValue.map(String.init) ?? $0.stringValue }
            return self.error(context.debugDescription, at: place)
        @unknown default: return .configuration(path, "cannot be read")
        }
    }

    /// - Parameter keys: the way to the value, elements by their numbers.
    func error(_ words: String, at keys: [String]) -> RunError {
        let name = keys.joined(separator: ".")
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
