extension HTTPRemote {
    package func presence(of url: String, id: String?, sha256: String, size: Int?) async -> RemotePresence {
        do throws(RemoteError) {
            let url = try self.url(url)
            var response = try await lastAnswer(to: TransferRequest(url: url, method: .head, maxBytes: 0))
            if response.status == 405 || response.status == 501 {
                var request = Self.reading(url, size)
                request.headers = ["Range: bytes=0-0"]
                response = try await lastAnswer(to: request)
                // A server that ignores the range sends everything.
                if response.status == 200 { return Self.presence(of: response.body, sha256, size) }
            }
            if let known = presence(response, size) { return known }
        } catch {
            return Self.presence(error, size)
        }
        return await comparison(of: url, id: id, sha256: sha256, size: size)
    }

    package func comparison(of url: String, id: String?, sha256: String, size: Int?) async -> RemotePresence {
        do throws(RemoteError) {
            let response = try await lastAnswer(to: Self.reading(try self.url(url), size))
            if response.status == 200 { return Self.presence(of: response.body, sha256, size) }
            return HTTPStatus.isGone(response.status) ? .missing : .unknown(failure(response))
        } catch {
            return Self.presence(error, size)
        }
    }

    /// Bytes of a copy of which nobody knows how many it has.
    private static let maxUnknown = 64 << 20

    /// Reads a copy. The size may be told wrong, and the bytes show what it is: only the time goes by it.
    private static func reading(_ url: WebURL, _ size: Int?) -> TransferRequest {
        TransferRequest(
            url: url, maxBytes: max(size ?? 0, maxUnknown), maxSeconds: TransferTime.limit(bytes: size ?? maxUnknown))
    }

    private static func presence(of bytes: [UInt8], _ sha256: String, _ size: Int?) -> RemotePresence {
        let digest = SHA256Hex.digest(of: bytes)
        if digest == sha256 { return .present }
        if let size, bytes.count != size { return .different("it has \(bytes.count) bytes instead of \(size)") }
        return .different("its SHA-256 is \(digest)")
    }

    private static func presence(_ error: RemoteError, _ size: Int?) -> RemotePresence {
        if case .tooLarge(let limit) = error, size != nil { return .different("it has more than \(limit) bytes") }
        return .unknown(error)
    }

    /// What the head of an answer tells; `nil` where only the bytes tell: the length is another than the one that is
    /// said, or a page that says something else could have the same head.
    private func presence(_ response: TransferResponse, _ size: Int?) -> RemotePresence? {
        switch response.status {
        case 200, 206:
            guard let length = Self.length(told: response), length == size ?? length else { return nil }
            return Self.mayBeFile(response) ? .present : nil
        case let status where HTTPStatus.isGone(status): return .missing
        default: return .unknown(failure(response))
        }
    }

    /// Whether an answer has the type of a stored file rather than that of a page: an app in one page answers every
    /// address with itself.
    private static func mayBeFile(_ response: TransferResponse) -> Bool {
        guard let type = response.headers["content-type"]?.lowercased() else { return true }
        return ["image/", "video/", "audio/", "application/pdf", "application/octet-stream", "binary/octet-stream"]
            .contains { type.hasPrefix($0) }
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
