/// What a status says of trying again (RFC 9110).
enum HTTPStatus {
    /// 408 Request Timeout, 425 Too Early, 429 Too Many Requests (RFC 9110, 8470, 6585), and what a server says of
    /// itself, but for 501 Not Implemented and 505 HTTP Version Not Supported, which stay so.
    static func isTransient(_ status: Int) -> Bool {
        switch status {
        case 408, 425, 429: true
        case 501, 505: false
        default: (500...599).contains(status)
        }
    }

    static func isGone(_ status: Int) -> Bool { status == 404 || status == 410 }
}
