import Synchronization
import TipinSync

/// A remote in memory that fails when a test says so.
final class StubRemote: Remote {
    private struct State {
        var uploads: [UploadItem] = []
        var attempts = 0
        var standing: Set<String> = []
        var failures: [RemoteError] = []
        var failure: (@Sendable (UploadItem) -> RemoteError?)?
        var presence: RemotePresence?
        var whenAsked: (@Sendable (_ url: String) -> Void)?
    }

    let name = RemoteName(rawValue: "https://api.example")
    let canPublish = true
    private let state = Mutex(State())

    /// What was sent and taken.
    var uploads: [UploadItem] { state.withLock { $0.uploads } }

    /// How often an upload was tried.
    var attempts: Int { state.withLock { $0.attempts } }

    /// The next uploads fail with these, one each.
    func fail(with errors: [RemoteError]) { state.withLock { $0.failures = errors } }

    /// Uploads for which an error is given fail with it until another rule is set.
    func fail(_ rule: (@Sendable (UploadItem) -> RemoteError?)?) { state.withLock { $0.failure = rule } }

    /// Answers every question for a copy.
    func answer(_ presence: RemotePresence?) { state.withLock { $0.presence = presence } }

    /// Calls the body before each answer to a question for a copy.
    func whenAsked(_ body: (@Sendable (_ url: String) -> Void)?) { state.withLock { $0.whenAsked = body } }

    func owns(_ url: String) -> Bool { url.hasPrefix(name.rawValue + "/") }

    func upload(_ item: UploadItem) async throws(RemoteError) -> RemoteCopy {
        let (failure, id) = state.withLock { state -> (RemoteError?, Int) in
            state.attempts += 1
            if !state.failures.isEmpty { return (state.failures.removeFirst(), 0) }
            if let failure = state.failure?(item) { return (failure, 0) }
            state.uploads.append(item)
            state.standing.insert(Self.url(item))
            return (nil, state.uploads.count)
        }
        if let failure { throw failure }
        return RemoteCopy(id: "r\(id)", url: Self.url(item))
    }

    func presence(of url: String, id: String?, sha256: String, size: Int?) async -> RemotePresence {
        state.withLock { $0.whenAsked }?(url)
        return state.withLock { $0.presence ?? ($0.standing.contains(url) ? .present : .missing) }
    }

    func comparison(of url: String, id: String?, sha256: String, size: Int?) async -> RemotePresence {
        await presence(of: url, id: id, sha256: sha256, size: size)
    }

    func download(_ url: String, maxBytes: Int) async throws(RemoteError) -> [UInt8] { throw .missing(url: url) }

    func currentURL(bookID: String, sha256: String, ext: String) -> String? { nil }

    func probe() async throws(RemoteError) {}

    static func url(_ item: UploadItem) -> String { "https://api.example/\(item.bookID)/\(item.sha256)" }
}
