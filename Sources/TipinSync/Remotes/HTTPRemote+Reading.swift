extension HTTPRemote {
    package func presence(of url: String, id: String?, sha256: String, size: Int?) async -> RemotePresence {
        do throws(RemoteError) {
            var request = TransferRequest(url: try self.url(url), method: .head, maxBytes: size ?? 64 << 20)
            var response = try await lastAnswer(to: request)
            if response.status == 405 || response.status == 501 {
                request.method = .get
                request.headers = ["Range: bytes=0-0"]
                response = try await lastAnswer(to: request)
            }
            return presence(response, size)
        } catch {
            // A server that ignores the range sends everything.
            if case .tooLarge = error { return size.map { .different("it has more than \($0) bytes") } ?? .present }
            return .unknown(error)
        }
    }

    private func presence(_ response: TransferResponse, _ size: Int?) -> RemotePresence {
        switch response.status {
        case 200, 206:
            guard let size, let length = Self.length(told: response), length != size else { return .present }
            return .different("it has \(length) bytes instead of \(size)")
        case let status where HTTPStatus.isGone(status): return .missing
        default: return .unknown(failure(response))
        }
    }

    /// Bytes of the whole file, where the answer tells them (RFC 9110, 8.6 and 14.4).
    private static func length(told response: TransferResponse) -> Int? {
        guard response.headers["content-encoding"] == nil else { return nil }
        if response.status == 206 {
            return response.headers["content-range"]?.split(separator: "/").last.flatMap { Int($0) }
        }
        // Of an answer to HEAD many servers and proxies say 0 where they do not know.
        return response.headers["content-length"].flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil }
    }

    package func download(_ url: String, maxBytes: Int) async throws(RemoteError) -> [UInt8] {
        guard owns(url) else { throw .notOurs(url: url) }
        let response = try await lastAnswer(to: TransferRequest(url: try self.url(url), maxBytes: maxBytes))
        if response.status == 200 { return response.body }
        throw HTTPStatus.isGone(response.status) ? .missing(url: url) : failure(response)
    }

    /// What stands at the end of a few redirects. Servers lead to stores on other hosts, which never get the token.
    private func lastAnswer(to request: TransferRequest) async throws(RemoteError) -> TransferResponse {
        var request = request
        for hop in 0...LegacyFetcher.redirectLimit {
            let response = try await answer(to: request, withToken: hop == 0)
            guard 300..<400 ~= response.status, let location = response.headers["location"] else { return response }
            let next: WebURL
            do throws(WebURL.Refusal) { next = try WebURL(location, relativeTo: request.url) } catch {
                throw .badReply(words: "it leads to an address that cannot be used: \(FetchError.words(error))")
            }
            guard request.url.scheme == "http" || next.scheme == "https" else {
                throw .badReply(words: "it leads from a secure address to an insecure one")
            }
            request.url = next
        }
        throw .badReply(words: "it leads from one address to the next")
    }
}
