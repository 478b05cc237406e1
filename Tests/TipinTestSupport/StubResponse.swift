/// What a stub server says, to the byte.
package struct StubResponse: Sendable {
    /// What becomes of the connection after the last byte.
    package enum Ending: Sendable {
        case closed
        /// As by a server that dies (RST).
        case reset
        /// Nothing more is said until the client goes away, for two seconds at most.
        case silent
    }

    package var status: Int
    package var headers: [(name: String, value: String)]
    package var body: [UInt8]
    /// Whether `Content-Length` is added where `headers` has none.
    package var announcesLength = true
    /// Sent in place of everything above.
    package var rawBytes: [UInt8]?
    /// How many bytes are sent, counted from the status line's first; `nil` for all.
    package var cutAfter: Int?
    package var ending = Ending.closed
    /// Milliseconds before the first byte, 200 at most.
    package var delay = 0

    package init(_ status: Int = 200, headers: [(name: String, value: String)] = [], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    package init(_ status: Int = 200, headers: [(name: String, value: String)] = [], text: String) {
        self.init(status, headers: headers, body: Array(text.utf8))
    }

    /// Lines end with CR LF where the text says so and nowhere else.
    package static func raw(_ text: String) -> StubResponse {
        var response = StubResponse()
        response.rawBytes = Array(text.utf8)
        return response
    }

    package static func redirect(to location: String, status: Int = 302) -> StubResponse {
        StubResponse(status, headers: [(name: "Location", value: location)])
    }

    /// The connection ends without a word.
    package static var dropped: StubResponse {
        var response = StubResponse()
        response.cutAfter = 0
        return response
    }

    /// - Parameter hasBody: whether the request wants one (`HEAD` does not).
    func bytes(hasBody: Bool) -> [UInt8] {
        let all = rawBytes ?? head + (hasBody ? body : [])
        return cutAfter.map { Array(all.prefix($0)) } ?? all
    }

    private var head: [UInt8] {
        var lines = ["HTTP/1.1 \(status) Stub"] + headers.map { "\($0.name): \($0.value)" } + ["Connection: close"]
        if announcesLength, !headers.contains(where: { $0.name.lowercased() == "content-length" }) {
            lines.append("Content-Length: \(body.count)")
        }
        return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
    }
}
