/// What a stub server was asked.
package struct StubRequest: Sendable {
    package var method: String
    /// As it stood in the request line: the path and the query.
    package var target: String
    /// In their order, names as they came.
    package var headers: [(name: String, value: String)]
    package var body: [UInt8]

    package init(method: String, target: String, headers: [(name: String, value: String)], body: [UInt8]) {
        self.method = method
        self.target = target
        self.headers = headers
        self.body = body
    }

    /// Without the query.
    package var path: String { String(target.prefix { $0 != "?" }) }

    /// The value of the only header of this name, whatever its letters' case; `nil` for none, or for more than one.
    package func header(_ name: String) -> String? {
        let values = headers.filter { $0.name.lowercased() == name.lowercased() }.map(\.value)
        return values.count == 1 ? values[0] : nil
    }

    /// From the bytes before the empty line; `nil` unless they are a request head with CR LF after every line.
    init?(head: [UInt8]) {
        let text = String(decoding: head, as: UTF8.self)
        let lines = text.split(separator: "\r\n" as Character, omittingEmptySubsequences: false)
        let words = lines[0].split(separator: " ", omittingEmptySubsequences: false)
        guard words.count == 3, words[2] == "HTTP/1.1", words[1].hasPrefix("/") else { return nil }
        (method, target, body) = (String(words[0]), String(words[1]), [])
        headers = []
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":"), colon != line.startIndex,
                !line.unicodeScalars.contains(where: { $0.value < 0x20 && $0 != "\t" })
            else { return nil }
            let value = line[line.index(after: colon)...].drop { $0 == " " }
            headers.append((name: String(line[..<colon]), value: String(value)))
        }
    }
}
