internal import Crypto
internal import Foundation

/// The server of PRD 7.2: `POST /api/books/<bookId>/files` with a bearer token.
///
/// The token goes to the server's own origin below `/api/books/` and the configured download paths, and nowhere else.
package final class HTTPRemote: Remote {
    private let base: WebURL
    private let options: RemoteOptions
    private let threads: TransferThreads
    /// Origins of `remoteHosts`, besides the server's own.
    private let origins: Set<String>

    /// - Parameter base: the server, with a path where the API does not begin at its root.
    package init(base: WebURL, options: RemoteOptions, threads: TransferThreads) {
        self.base = base
        self.options = options
        self.threads = threads
        origins = Set(
            options.hosts.compactMap { host in
                (try? WebURL(host.contains("://") ? host : "https://" + host))?.origin
            }
        ).union([base.origin])
    }

    package var name: RemoteName { RemoteName(rawValue: root) }
    package var canPublish: Bool { true }

    /// Without a final slash.
    private var root: String {
        base.origin + (base.path.hasSuffix("/") ? String(base.path.dropLast()) : base.path)
    }

    package func owns(_ url: String) -> Bool { (try? WebURL(url)).map { origins.contains($0.origin) } ?? false }

    package func currentURL(bookID: String, sha256: String, ext: String) -> String? { nil }

    // MARK: Uploading

    package func upload(_ item: UploadItem) async throws(RemoteError) -> RemoteCopy {
        var request = TransferRequest(
            url: try url("\(root)/api/books/\(Self.encoded(item.bookID))/files"), maxBytes: 1 << 20,
            maxSeconds: 60 + item.size / 20_000)
        request.method = .post(Self.form(item))
        request.headers = ["Idempotency-Key: \(Self.idempotencyKey(item))"]
        let response = try await answer(to: request)
        switch response.status {
        case 200, 201: return try copy(in: response.body, at: request.url)
        // The server has these bytes already: what it says of them is as good as a fresh answer.
        case 409: if let copy = try? copy(in: response.body, at: request.url) { return copy }
        default: break
        }
        throw failure(response)
    }

    private static func form(_ item: UploadItem) -> [TransferRequest.FormPart] {
        var parts = [
            TransferRequest.FormPart(
                name: "file",
                content: .file(path: item.path, name: "\(item.sha256).\(item.ext)", mime: item.mime)),
            TransferRequest.FormPart(name: "tags", content: .text(item.tags.joined(separator: ","))),
        ]
        if let description = item.description {
            parts.append(TransferRequest.FormPart(name: "description", content: .text(description)))
        }
        return parts
    }

    /// The same for every try, so that an answer that got lost does not make a second copy.
    static func idempotencyKey(_ item: UploadItem) -> String {
        var hash = SHA256()
        hash.update(data: Array(item.bookID.utf8) + [0] + Array(item.sha256.utf8))
        return hash.finalize().map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }

    private struct Reply: Decodable {
        var id: String
        var downloadUrl: String
    }

    private func copy(in body: [UInt8], at url: WebURL) throws(RemoteError) -> RemoteCopy {
        let reply: Reply
        do { reply = try JSONDecoder().decode(Reply.self, from: Data(body)) } catch {
            throw .badReply(words: "no JSON object with 'id' and 'downloadUrl'")
        }
        guard !reply.id.isEmpty, let address = try? WebURL(reply.downloadUrl, relativeTo: url) else {
            throw .badReply(words: "'downloadUrl' is no http or https address")
        }
        return RemoteCopy(id: reply.id, url: address.text)
    }

    // MARK: Asking and downloading

    package func presence(of url: String, id: String?, sha256: String, size: Int) async -> RemotePresence {
        do throws(RemoteError) {
            var request = TransferRequest(url: try self.url(url), maxBytes: 1 << 20)
            request.method = .head
            var response = try await answer(to: request)
            if response.status == 405 || response.status == 501 {
                request.method = .get
                request.headers = ["Range: bytes=0-0"]
                // A server that ignores the range sends everything.
                request.maxBytes = max(size, 1 << 20)
                response = try await answer(to: request)
            }
            return presence(response, size)
        } catch {
            return .unknown(error)
        }
    }

    private func presence(_ response: TransferResponse, _ size: Int) -> RemotePresence {
        switch response.status {
        case 200:
            if let length = response.headers["content-length"].flatMap({ Int($0) }), size > 0, length > 0,
                length != size, response.headers["content-encoding"] == nil
            {
                return .different("it has \(length) bytes instead of \(size)")
            }
            return .present
        case 206: return .present
        case let status where HTTPStatus.isGone(status): return .missing
        default: return .unknown(failure(response))
        }
    }

    package func download(_ url: String, maxBytes: Int) async throws(RemoteError) -> [UInt8] {
        guard owns(url) else { throw .notOurs(url: url) }
        var current = try self.url(url)
        for _ in 0...3 {
            let response = try await answer(to: TransferRequest(url: current, maxBytes: maxBytes))
            if response.status == 200 { return response.body }
            guard (300..<400).contains(response.status), let location = response.headers["location"] else {
                throw HTTPStatus.isGone(response.status) ? .missing(url: url) : failure(response)
            }
            guard let next = try? WebURL(location, relativeTo: current), owns(next.text) else {
                throw .notOurs(url: location)
            }
            current = next
        }
        throw .badReply(words: "it leads from one address to the next")
    }

    package func probe() async throws(RemoteError) {
        var request = TransferRequest(url: base, maxBytes: 1 << 20, maxSeconds: 15)
        request.method = .head
        let response = try await answer(to: request)
        if response.status == 401 || response.status == 403 || response.status >= 500 { throw failure(response) }
    }

    // MARK: Requests

    private func url(_ text: String) throws(RemoteError) -> WebURL {
        do throws(WebURL.Refusal) { return try WebURL(text) } catch { throw .badReply(words: FetchError.words(error)) }
    }

    /// An identifier as one path segment (RFC 3986, unreserved characters stay).
    private static func encoded(_ text: String) -> String {
        text.utf8.map { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x5F, 0x7E: String(Unicode.Scalar(byte))
            default: "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }.joined()
    }

    private func mayHaveToken(_ url: WebURL) -> Bool {
        let paths =
            [root + "/api/books"] + options.downloadPaths.map { base.origin + ($0.hasPrefix("/") ? $0 : "/" + $0) }
        return paths.contains { path in (try? WebURL(path)).map { url.isBelow($0) } ?? false }
    }

    private func answer(to request: TransferRequest) async throws(RemoteError) -> TransferResponse {
        var request = request
        if let token = options.token, mayHaveToken(request.url) {
            request.headers.append("Authorization: Bearer \(token)")
        }
        let sent = request
        do throws(TransferFailure) {
            return try await threads.run { Transfer.perform(sent, $0) }.get()
        } catch {
            throw RemoteError(error, url: request.url.text)
        }
    }

    private func failure(_ response: TransferResponse) -> RemoteError {
        if response.status == 401 { return .unauthorised }
        let words = String(decoding: response.body.prefix(200), as: UTF8.self)
        return .status(
            response.status, words: words,
            retryAfterSeconds: response.headers["retry-after"].flatMap { Int($0) }.map { max(0, $0) })
    }
}
