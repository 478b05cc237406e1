/// What a status says of trying again (RFC 9110).
enum HTTPStatus {
    static func isTransient(_ status: Int) -> Bool {
        // 501 and 505 say that it will never be done.
        [408, 425, 429].contains(status) || ((500..<600).contains(status) && status != 501 && status != 505)
    }

    static func isGone(_ status: Int) -> Bool { status == 404 || status == 410 }
}
