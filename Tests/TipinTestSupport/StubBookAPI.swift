internal import Foundation
internal import Synchronization

/// The server of PRD 7.2 in memory: takes uploads, strictly, and serves them below `/files/`.
///
/// It keeps one copy for each idempotency key. Downloads need no token.
package final class StubBookAPI: Sendable {
    package struct Upload: Sendable {
        package var id: String
        package var bookID: String
        package var fileName: String
        package var mime: String
        package var bytes: [UInt8]
        package var tags: [String]
        package var description: String?
        /// Names in lower case.
        package var headers: [String: String]
        /// Path of the download.
        package var path: String
    }

    /// Which requests are answered with a failure.
    package enum Part: Sendable {
        case uploads, downloads, everything
    }

    private let server: StubServer
    private let state: StubBookState

    /// - Parameters:
    ///   - token: what uploads must bear; `nil` for none.
    ///   - prefix: a path before `/api`, with its slash in front.
    ///   - tellsRelativeURLs: whether `downloadUrl` has no scheme and host.
    package init(token: String? = nil, prefix: String = "", tellsRelativeURLs: Bool = false) throws {
        let state = StubBookState(token: token, prefix: prefix, tellsRelativeURLs: tellsRelativeURLs)
        self.state = state
        server = try StubServer { state.answer(to: $0) }
    }

    /// The remote's name: origin and prefix, without a final slash.
    package var base: String { server.base + state.prefix }

    package var requests: [StubRequest] { server.requests }

    /// What is kept, in the order of arrival.
    package var uploads: [Upload] { state.content.withLock { $0.uploads } }

    /// Answers with this status from now on.
    /// - Parameter times: how often; `nil` until `recover`.
    package func answer(
        _ status: Int, to part: Part = .everything, times: Int? = nil,
        headers: [(name: String, value: String)] = [], text: String = "stub failure"
    ) {
        let failure = StubBookState.Failure(
            part: part, times: times, response: StubResponse(status, headers: headers, text: text))
        state.content.withLock { $0.failure = failure }
    }

    /// Ends what `answer` began.
    package func recover() { state.content.withLock { $0.failure = nil } }

    /// Keeps what is uploaded next, and ends the connection in place of an answer.
    package func dropNextReply() { state.content.withLock { $0.dropsNextReply = true } }

    /// Takes a copy away, as if somebody had deleted it at the server.
    package func remove(id: String) { state.content.withLock { $0.uploads.removeAll { $0.id == id } } }
}
