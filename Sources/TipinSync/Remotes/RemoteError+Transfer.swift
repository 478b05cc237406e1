internal import TipinDiagnostics

extension RemoteError {
    init(_ failure: TransferFailure, url: String) {
        self =
            switch failure {
            case .cancelled: .cancelled
            case .tooLarge(let limit): .tooLarge(limit: limit)
            case .lengthMismatch:
                .transfer(code: CurlCode.partialFile, words: "fewer bytes came than were announced")
            case .refusedAddress(let address):
                .badReply(words: "it leads to '\(address)', which is not public and was not called")
            case .curl(let code, let words) where CurlCode.isConnecting(code):
                .notReachable(url: url, words: "\(words) (libcurl \(code))")
            case .curl(let code, let words): .transfer(code: code, words: words)
            }
    }
}
