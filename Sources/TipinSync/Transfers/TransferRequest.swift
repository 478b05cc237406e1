/// One HTTP request.
struct TransferRequest: Sendable {
    enum Method: Sendable {
        case get
        case head
        /// A multipart form (RFC 7578).
        case post([FormPart])
    }

    struct FormPart: Sendable {
        enum Content: Sendable {
            case text(String)
            /// The name and the media type are told to the server.
            case file([UInt8], name: String, mime: String)
        }
        var name: String
        var content: Content
    }

    var url: WebURL
    var method = Method.get
    /// `Name: value`.
    var headers: [String] = []
    /// Bytes of the answer's body; one more ends the transfer.
    var maxBytes: Int
    /// Seconds for the whole transfer.
    var maxSeconds: Int
    /// Seconds with hardly a byte in either direction, after which it is given up.
    var maxSilence = 20
    /// `nil` lets it connect anywhere; else asked for each address before the connection and again before the request.
    var admits: (@Sendable (NetworkAddress) -> Bool)?

    /// - Parameter maxSeconds: as many as a slow line takes for `maxBytes`, where `nil`.
    init(url: WebURL, method: Method = .get, maxBytes: Int, maxSeconds: Int? = nil) {
        self.url = url
        self.method = method
        self.maxBytes = maxBytes
        self.maxSeconds = maxSeconds ?? TransferTime.limit(bytes: maxBytes)
    }
}
