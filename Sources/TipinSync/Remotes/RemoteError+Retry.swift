extension RemoteError {
    /// Whether a later try may succeed without anybody changing anything.
    package var isTransient: Bool {
        switch self {
        case .notReachable, .cancelled: true
        case .status(let status, _, _): HTTPStatus.isTransient(status)
        case .transfer(let code, _): CurlCode.isTransient(code)
        case .badName, .badReply, .file, .damaged, .tooLarge, .missing, .notOurs, .unauthorised: false
        }
    }

    /// How long the remote asked to be left alone.
    package var retryAfterSeconds: Int? {
        guard case .status(_, _, let seconds) = self else { return nil }
        return seconds
    }
}
