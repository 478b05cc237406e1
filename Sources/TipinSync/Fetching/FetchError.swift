/// Why a picture could not be fetched from a host that a document names.
package enum FetchError: Error, Sendable, Equatable {
    case refusedURL(WebURL.Refusal)
    /// The host's address, or its name, is none that may be called.
    case refusedAddress(String)
    case refusedPort(Int, url: String)
    case status(Int, url: String)
    /// Bytes.
    case tooLarge(limit: Int)
    case tooManyRedirects(url: String)
    /// From https to http.
    case insecureRedirect(String)
    /// Fewer bytes came than were announced.
    case cut(url: String)
    /// A CURLcode and libcurl's words for it.
    case transfer(code: Int, words: String, url: String)
    case cancelled

    init(_ failure: TransferFailure, url: String) {
        self =
            switch failure {
            case .refusedAddress(let address): .refusedAddress(address)
            case .tooLarge(let limit): .tooLarge(limit: limit)
            case .cancelled: .cancelled
            case .curl(let code, let words): .transfer(code: code, words: words, url: url)
            case .lengthMismatch: .cut(url: url)
            }
    }

    /// Whether the host may answer later.
    package var isTransient: Bool {
        switch self {
        case .status(let status, _): HTTPStatus.isTransient(status)
        case .transfer(let code, _, _): CurlCode.isTransient(code)
        case .cut, .cancelled: true
        default: false
        }
    }
}
