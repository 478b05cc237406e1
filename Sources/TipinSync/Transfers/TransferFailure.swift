/// Why there is no answer.
enum TransferFailure: Error, Sendable, Equatable {
    case refusedAddress(String)
    case tooLarge(limit: Int)
    case cancelled
    /// A CURLcode and libcurl's words for it.
    case curl(code: Int, words: String)
    /// Fewer bytes came than were announced, or two lengths were announced.
    case lengthMismatch
}
