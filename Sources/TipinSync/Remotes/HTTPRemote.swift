internal import TipinFiles

/// The server of PRD 7.2: `POST /api/books/<bookId>/files` with a bearer token.
///
/// The token goes to the server's own origin below `/api/books/` and the configured download paths, and nowhere else.
package final class HTTPRemote: Remote {
    let base: WebURL
    let token: BearerToken?
    private let threads: TransferThreads
    /// The server's own, and those of `remoteHosts`.
    private let origins: Set<String>
    /// The hosts of these origins: they may have private addresses, because the user named them.
    private let hosts: Set<String>

    /// - Parameter base: the server, with a path where the API does not begin at its root.
    package init(base: WebURL, options: RemoteOptions, threads: TransferThreads) {
        self.base = base
        self.threads = threads
        token = options.token.flatMap { BearerToken($0, base: base, downloadPaths: options.downloadPaths) }
        let named = options.hosts.compactMap { try? WebURL($0.contains("://") ? $0 : "https://" + $0) }
        origins = Set(([base] + named).map(\.origin))
        hosts = options.mayBePrivate ? Set(([base] + named).map(\.host)) : []
    }

    package var name: RemoteName { RemoteName(rawValue: Self.root(of: base)) }
    package var canPublish: Bool { true }

    /// Without a final slash.
    static func root(of base: WebURL) -> String {
        base.origin + (base.path.hasSuffix("/") ? String(base.path.dropLast()) : base.path)
    }

    package func owns(_ url: String) -> Bool { (try? WebURL(url)).map { origins.contains($0.origin) } ?? false }

    package func currentURL(bookID: String, sha256: String, ext: String) -> String? { nil }

    package func probe() async throws(RemoteError) {
        let response = try await answer(to: TransferRequest(url: base, method: .head, maxBytes: 0, maxSeconds: 15))
        // The root needs no token and may have nothing to show: any answer but a server's own failure will do.
        if response.status >= 500, response.status != 501 { throw failure(response) }
    }

    // MARK: Uploading

    package func upload(_ item: UploadItem) async throws(RemoteError) -> RemoteCopy {
        var request = TransferRequest(
            url: try address(of: item.bookID), method: .post(Self.form(item, try await blob(item))),
            maxBytes: Self.maxReply, maxSeconds: TransferTime.limit(bytes: item.size))
        // The server may look at the picture before it answers.
        request.maxSilence = 60
        request.headers = ["Idempotency-Key: \(Self.idempotencyKey(item))"]
        let response: TransferResponse
        do throws(RemoteError) {
            response = try await answer(to: request)
        } catch {
            if case .tooLarge = error { throw .badReply(words: "it has more than \(Self.maxReply) bytes") }
            throw error
        }
        switch response.status {
        case 200, 201: return try UploadReply.copy(in: response.body, base: base, item)
        // The server has these bytes already: what it says of them is as good as a fresh answer.
        case 409: if let copy = try? UploadReply.copy(in: response.body, base: base, item) { return copy }
        default: break
        }
        throw failure(response)
    }

    /// Where a book's files go. An id that some server may take for a path upwards has no such address.
    private func address(of bookID: String) throws(RemoteError) -> WebURL {
        let books = try url(Self.root(of: base) + "/api/books")
        let files = try url("\(books.text)/\(Self.encoded(bookID))/files")
        guard !bookID.isEmpty, bookID != ".", files.isBelow(books) else { throw .notOurs(url: files.text) }
        return files
    }

    /// Bytes of what an upload is answered with.
    private static let maxReply = 1 << 20

    /// The file's bytes, which are sent only if they have the asset's digest.
    private func blob(_ item: UploadItem) async throws(RemoteError) -> [UInt8] {
        try await threads.run { () -> Result<[UInt8], RemoteError> in
            do throws(FileError) {
                let slash = item.path.lastIndex(of: "/") ?? item.path.startIndex
                let folder = item.path[..<slash]
                let file = try Folder(opening: folder.isEmpty ? "/" : String(folder))
                    .openFile(String(item.path[slash...].dropFirst()))
                // One byte more than it should have shows that it has more.
                let bytes = try file.readChunk(upTo: item.size + 1)
                let isSound = bytes.count == item.size && SHA256Hex.digest(of: bytes) == item.sha256
                return isSound ? .success(bytes) : .failure(.damaged(path: item.path))
            } catch {
                return .failure(.file(error))
            }
        }.get()
    }

    private static func form(_ item: UploadItem, _ bytes: [UInt8]) -> [TransferRequest.FormPart] {
        // libcurl writes the type as it is given.
        let isPlain = item.mime.utf8.allSatisfy { 0x20..<0x7F ~= $0 }
        let file = TransferRequest.FormPart.Content.file(
            bytes, name: "\(item.sha256).\(item.ext)", mime: isPlain ? item.mime : "application/octet-stream")
        var parts = [
            TransferRequest.FormPart(name: "file", content: file),
            TransferRequest.FormPart(name: "tags", content: .text(item.tags.joined(separator: ","))),
        ]
        if let description = item.description {
            parts.append(TransferRequest.FormPart(name: "description", content: .text(description)))
        }
        return parts
    }

    /// The same for every try, so that an answer that got lost does not make a second copy.
    static func idempotencyKey(_ item: UploadItem) -> String {
        SHA256Hex.digest(of: Array(item.bookID.utf8) + [0] + Array(item.sha256.utf8))
    }

    /// An identifier as one path segment (RFC 3986): of the unreserved characters all but the dot stay.
    private static func encoded(_ text: String) -> String {
        text.utf8.map { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x5F, 0x7E: String(Unicode.Scalar(byte))
            default: "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }.joined()
    }

    // MARK: Requests

    func url(_ text: String) throws(RemoteError) -> WebURL {
        do throws(WebURL.Refusal) { return try WebURL(text) } catch { throw .badReply(words: FetchError.words(error)) }
    }

    /// - Parameter withToken: whether the token may be sent, if the address is one for it.
    func answer(to request: TransferRequest, withToken: Bool = true) async throws(RemoteError) -> TransferResponse {
        var request = request
        if !hosts.contains(request.url.host) {
            guard !request.url.hasPrivateHost else { throw RemoteError(.refusedAddress(request.url.host), url: "") }
            request.admits = { $0.kind == .public }
        }
        if withToken, let token, token.mayGo(to: request.url) {
            guard let header = token.header else { throw .unauthorised }
            request.headers.append(header)
        }
        let sent = request
        do throws(TransferFailure) {
            return try await threads.run { Transfer.perform(sent, $0) }.get()
        } catch {
            throw RemoteError(error, url: request.url.text)
        }
    }

    func failure(_ response: TransferResponse) -> RemoteError {
        if response.status == 401 { return .unauthorised }
        let words = String(decoding: response.body, as: UTF8.self)
        return .status(
            response.status, words: String((token?.cut(from: words) ?? words).prefix(200)),
            retryAfterSeconds: RetryAfter.seconds(in: response.headers))
    }
}
