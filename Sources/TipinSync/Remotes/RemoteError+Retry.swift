internal import CCurl

extension RemoteError {
    /// Whether a later try may succeed without anybody changing anything.
    package var isTransient: Bool {
        switch self {
        case .notReachable, .cancelled: true
        case .status(let status, _, _): Self.isTransient(status: status)
        case .transfer(let code, _): !Self.lastingCodes.contains(code)
        case .badName, .badReply, .file, .damaged, .tooLarge, .missing, .notOurs, .unauthorised: false
        }
    }

    /// How long the remote asked to be left alone.
    package var retryAfterSeconds: Int? {
        guard case .status(_, _, let seconds) = self else { return nil }
        return seconds
    }

    /// 408 Request Timeout, 425 Too Early, 429 Too Many Requests (RFC 9110, 8470, 6585), and what a server says of
    /// itself, but for 501 Not Implemented and 505 HTTP Version Not Supported, which stay so.
    private static func isTransient(status: Int) -> Bool {
        switch status {
        case 408, 425, 429: true
        case 501, 505: false
        default: (500...599).contains(status)
        }
    }

    /// What fails again until an address, a certificate, a file or this program changes. All others come and go with
    /// the network; code 1 too, which libcurl gives for a reply that broke off before its status line.
    private static let lastingCodes = Set(
        [
            CURLE_URL_MALFORMAT, CURLE_NOT_BUILT_IN, CURLE_FAILED_INIT, CURLE_WRITE_ERROR, CURLE_READ_ERROR,
            CURLE_BAD_FUNCTION_ARGUMENT, CURLE_TOO_MANY_REDIRECTS, CURLE_UNKNOWN_OPTION, CURLE_BAD_CONTENT_ENCODING,
            CURLE_FILESIZE_EXCEEDED, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER,
            CURLE_SSL_CACERT_BADFILE, CURLE_SSL_CRL_BADFILE, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_PINNEDPUBKEYNOTMATCH,
            CURLE_SSL_INVALIDCERTSTATUS, CURLE_SSL_CLIENTCERT, CURLE_SSL_ENGINE_NOTFOUND, CURLE_SSL_ENGINE_SETFAILED,
        ].map { Int($0.rawValue) })
}
