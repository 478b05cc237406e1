internal import CCurl

/// What one of libcurl's codes says of trying again.
enum CurlCode {
    /// Whether a later try may succeed without anybody changing anything.
    static func isTransient(_ code: Int) -> Bool { !lasting.contains(code) }

    /// Whether there was no connection at all.
    static func isConnecting(_ code: Int) -> Bool {
        [CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_CONNECT].contains { Int($0.rawValue) == code }
    }

    /// For a body that ends before its announced length.
    static let partialFile = Int(CURLE_PARTIAL_FILE.rawValue)

    /// What fails again until an address, a certificate, a file or this program changes. All others come and go with
    /// the network; code 1 too, which libcurl gives for a reply that broke off before its status line.
    private static let lasting = Set(
        [
            CURLE_URL_MALFORMAT, CURLE_NOT_BUILT_IN, CURLE_FAILED_INIT, CURLE_WRITE_ERROR, CURLE_READ_ERROR,
            CURLE_BAD_FUNCTION_ARGUMENT, CURLE_TOO_MANY_REDIRECTS, CURLE_UNKNOWN_OPTION, CURLE_BAD_CONTENT_ENCODING,
            CURLE_FILESIZE_EXCEEDED, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER,
            CURLE_SSL_CACERT_BADFILE, CURLE_SSL_CRL_BADFILE, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_PINNEDPUBKEYNOTMATCH,
            CURLE_SSL_INVALIDCERTSTATUS, CURLE_SSL_CLIENTCERT, CURLE_SSL_ENGINE_NOTFOUND, CURLE_SSL_ENGINE_SETFAILED,
        ].map { Int($0.rawValue) })
}
