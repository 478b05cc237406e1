internal import Foundation

/// What the server says of an upload (PRD 7.2); the other members are not used.
struct UploadReply: Decodable {
    var id: String
    var downloadUrl: String
    /// Not promised; one that is told must be right.
    var sha256: String?

    /// - Parameter base: the server; a relative address is resolved against it.
    static func copy(in body: [UInt8], base: WebURL, _ item: UploadItem) throws(RemoteError) -> RemoteCopy {
        let reply: UploadReply
        do {
            reply = try JSONDecoder().decode(UploadReply.self, from: Data(body))
        } catch {
            throw .badReply(words: "it is no JSON object with 'id' and 'downloadUrl'")
        }
        guard !reply.id.isEmpty else { throw .badReply(words: "its 'id' is empty") }
        if let sha256 = reply.sha256, sha256.lowercased() != item.sha256 {
            throw .badReply(words: "its 'sha256' is not that of what was sent")
        }
        do throws(WebURL.Refusal) {
            let root = try WebURL(HTTPRemote.root(of: base) + "/")
            return RemoteCopy(id: reply.id, url: try WebURL(reply.downloadUrl, relativeTo: root).text)
        } catch {
            throw .badReply(words: "its 'downloadUrl' cannot be used: \(FetchError.words(error))")
        }
    }
}
