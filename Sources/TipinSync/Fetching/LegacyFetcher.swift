/// Fetches pictures from hosts that a document names, and that are trusted in nothing: no token, no cookie, no proxy,
/// and no private address; each redirect is judged again.
package final class LegacyFetcher: Sendable {
    private let policy: LegacyPolicy
    private let threads: TransferThreads
    static let redirectLimit = 3

    package init(_ policy: LegacyPolicy, threads: TransferThreads) {
        self.policy = policy
        self.threads = threads
    }

    /// - Parameter maxBytes: one more ends the transfer, whatever length was announced.
    package func fetch(_ url: String, maxBytes: Int) async throws(FetchError) -> FetchedBytes {
        var current = try Self.parse(url, relativeTo: nil)
        for _ in 0...Self.redirectLimit {
            let response = try await answer(from: current, maxBytes)
            guard (300..<400).contains(response.status), let location = response.headers["location"] else {
                guard response.status == 200 else { throw .status(response.status, url: current.text) }
                return FetchedBytes(
                    bytes: response.body, finalURL: current.text, contentType: response.headers["content-type"])
            }
            current = try Self.target(of: location, from: current)
        }
        throw .tooManyRedirects(url: url)
    }

    /// Where a redirect leads; what stands there is judged like any other address.
    static func target(of location: String, from current: WebURL) throws(FetchError) -> WebURL {
        let next = try parse(location, relativeTo: current)
        if current.scheme == "https", next.scheme == "http" { throw .insecureRedirect(next.text) }
        return next
    }

    private static func parse(_ text: String, relativeTo base: WebURL?) throws(FetchError) -> WebURL {
        do throws(WebURL.Refusal) { return try WebURL(text, relativeTo: base) } catch { throw .refusedURL(error) }
    }

    private func answer(from url: WebURL, _ maxBytes: Int) async throws(FetchError) -> TransferResponse {
        var request = TransferRequest(url: url, maxBytes: maxBytes, maxSeconds: policy.maxSeconds)
        let mayBePrivate = policy.allowsPrivateHosts || policy.privateHosts.contains(url.host)
        if !mayBePrivate {
            request.admits = { $0.kind == .public }
            // A literal or local name is refused before anything is opened.
            if url.hasPrivateHost { throw .refusedAddress(url.host) }
            if url.port != 80, url.port != 443 { throw .refusedPort(url.port, url: url.text) }
        }
        let sent = request
        do throws(TransferFailure) {
            return try await threads.run { Transfer.perform(sent, $0) }.get()
        } catch {
            throw FetchError(error, url: url.text)
        }
    }
}
