internal import TipinSync

/// Asks the remote for each address once in a run, however many mentions it has.
actor PresenceCache {
    private var answers: [String: Task<RemotePresence, Never>] = [:]

    /// - Parameter remote: the same in the whole run.
    func presence(
        of copy: CopyAtRemote, at remote: any Remote, sha256: String, size: Int?
    ) async -> RemotePresence {
        if let answer = answers[copy.url] { return await answer.value }
        let answer = Task { await remote.presence(of: copy.url, id: copy.id, sha256: sha256, size: size) }
        answers[copy.url] = answer
        return await answer.value
    }
}
