internal import CCurl

/// What one of libcurl's codes says of trying again.
enum CurlCode {
    static func isTransient(_ code: Int) -> Bool { !permanent.contains(UInt32(code)) }

    /// Whether there was no connection at all.
    static func isConnecting(_ code: Int) -> Bool {
        [CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_CONNECT].map(\.rawValue).contains(UInt32(code))
    }

    /// What stays as it is until somebody changes something: certificates, addresses that mean nothing, limits of ours.
    private static let permanent: Set<UInt32> = Set(
        [
            CURLE_UNSUPPORTED_PROTOCOL, CURLE_URL_MALFORMAT, CURLE_FILESIZE_EXCEEDED, CURLE_PEER_FAILED_VERIFICATION,
            CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_PINNEDPUBKEYNOTMATCH,
            CURLE_SSL_INVALIDCERTSTATUS, CURLE_LOGIN_DENIED, CURLE_TOO_MANY_REDIRECTS, CURLE_BAD_FUNCTION_ARGUMENT,
            CURLE_NOT_BUILT_IN,
        ].map(\.rawValue))
}
