/// The secret that a remote is asked with, and where it may go (RFC 6750).
struct BearerToken: Sendable {
    private let secret: String
    private let roots: [WebURL]

    /// `nil` for an empty one.
    /// - Parameters:
    ///   - base: the server, with the API's path prefix.
    ///   - downloadPaths: further paths at the server's origin below which it may go.
    init?(_ text: String, base: WebURL, downloadPaths: [String]) {
        // What is read from a file or a variable often ends with its line.
        let words = text.split(whereSeparator: \.isWhitespace)
        guard !words.isEmpty else { return nil }
        secret = words.joined(separator: " ")
        let paths = downloadPaths.map { base.origin + ($0.hasPrefix("/") ? $0 : "/" + $0) }
        roots = ([HTTPRemote.root(of: base) + "/api/books"] + paths).compactMap { try? WebURL($0) }
    }

    func mayGo(to url: WebURL) -> Bool { roots.contains { url.isBelow($0) } }

    /// `nil` where it holds what would end the header and begin another.
    var header: String? { secret.utf8.allSatisfy { 0x21..<0x7F ~= $0 } ? "Authorization: Bearer \(secret)" : nil }

    /// A server's words without the token, should they repeat it.
    func cut(from words: String) -> String { words.replacing(secret, with: "…") }
}
