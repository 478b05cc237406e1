internal import Foundation
internal import Synchronization

/// What a stub API knows, and how it answers.
final class StubBookState: Sendable {
    struct Failure: Sendable {
        var part: StubBookAPI.Part
        /// `nil` for ever.
        var times: Int?
        var response: StubResponse
    }

    struct Content: Sendable {
        var uploads: [StubBookAPI.Upload] = []
        var failure: Failure?
        var dropsNextReply = false
        var nextID = 1

        mutating func takeFailure(isUpload: Bool) -> StubResponse? {
            guard let failure else { return nil }
            switch failure.part {
            case .uploads where !isUpload, .downloads where isUpload: return nil
            default: break
            }
            guard let times = failure.times else { return failure.response }
            self.failure?.times = times - 1
            if times <= 1 { self.failure = nil }
            return times > 0 ? failure.response : nil
        }
    }

    let content = Mutex(Content())
    let prefix: String
    private let token: String?
    private let tellsRelativeURLs: Bool

    init(token: String?, prefix: String, tellsRelativeURLs: Bool) {
        self.token = token
        self.prefix = prefix
        self.tellsRelativeURLs = tellsRelativeURLs
    }

    func answer(to request: StubRequest) -> StubResponse {
        let isUpload = request.method == "POST"
        if let failure = content.withLock({ $0.takeFailure(isUpload: isUpload) }) { return failure }
        if isUpload { return take(request) }
        guard ["GET", "HEAD"].contains(request.method) else { return StubResponse(405) }
        return serve(request)
    }

    // MARK: Uploads

    private func take(_ request: StubRequest) -> StubResponse {
        if let token, request.header("authorization") != "Bearer \(token)" { return StubResponse(401, text: "who?") }
        guard var upload = read(request) else { return StubResponse(400, text: "not what was agreed on") }
        let (id, path, isDropped) = content.withLock { content in
            let key = upload.headers["idempotency-key"]
            if let known = content.uploads.first(where: { $0.headers["idempotency-key"] == key }) {
                upload = known
            } else {
                upload.id = "remote-\(content.nextID)"
                upload.path = "\(prefix)/files/\(upload.id)"
                content.nextID += 1
                content.uploads.append(upload)
            }
            defer { content.dropsNextReply = false }
            return (upload.id, upload.path, content.dropsNextReply)
        }
        if isDropped { return .dropped }
        let address = (tellsRelativeURLs ? "" : "http://\(request.header("host") ?? "")") + path
        return StubResponse(
            headers: [(name: "Content-Type", value: "application/json")],
            text: #"{"id":"\#(id)","downloadUrl":"\#(address)","mime":"\#(upload.mime)","width":1,"height":1}"#)
    }

    private func read(_ request: StubRequest) -> StubBookAPI.Upload? {
        let start = prefix + "/api/books/"
        let segments = request.target.dropFirst(start.count).split(separator: "/", omittingEmptySubsequences: false)
        guard request.target.hasPrefix(start), segments.count == 2, segments[1] == "files",
            let bookID = segments[0].removingPercentEncoding, !bookID.isEmpty, request.header("expect") == nil,
            request.header("idempotency-key")?.count == 64,
            let form = MultipartForm(request.body, contentType: request.header("content-type") ?? ""),
            let file = form["file"], let fileName = file.fileName, let mime = file.mime, let tags = form["tags"],
            form.parts.allSatisfy({ ["file", "tags", "description"].contains($0.name) })
        else { return nil }
        return StubBookAPI.Upload(
            id: "", bookID: bookID, fileName: fileName, mime: mime, bytes: file.content,
            tags: tags.text.split(separator: ",").map(String.init), description: form["description"]?.text,
            headers: Dictionary(request.headers.map { ($0.name.lowercased(), $0.value) }) { first, _ in first },
            path: "")
    }

    // MARK: Downloads

    private func serve(_ request: StubRequest) -> StubResponse {
        if request.path == prefix || request.path == prefix + "/" { return StubResponse(text: "a library") }
        let uploads = content.withLock { $0.uploads }
        guard let upload = uploads.first(where: { $0.path == request.path }) else {
            return StubResponse(404, text: "nothing here")
        }
        let type = (name: "Content-Type", value: upload.mime)
        guard request.header("range") == "bytes=0-0", !upload.bytes.isEmpty else {
            return StubResponse(headers: [type], body: upload.bytes)
        }
        let range = (name: "Content-Range", value: "bytes 0-0/\(upload.bytes.count)")
        return StubResponse(206, headers: [type, range], body: [upload.bytes[0]])
    }
}
