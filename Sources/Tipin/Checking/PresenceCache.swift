internal import TipinDocument
internal import TipinSync

/// Asks the remote for the bytes behind each address once in a run, however many mentions they have.
actor PresenceCache {
    /// Documents may give one address to different pictures: at most one of them is there.
    private struct Question: Hashable {
        var url: ByteKey
        var sha256: String
    }

    private var answers: [Question: Task<RemotePresence, Never>] = [:]

    /// - Parameter remote: the same in the whole run.
    func presence(
        of copy: CopyAtRemote, at remote: any Remote, sha256: String, size: Int?
    ) async -> RemotePresence {
        let question = Question(url: ByteKey(copy.url), sha256: sha256)
        if let answer = answers[question] { return await answer.value }
        return await ask(question, copy, remote, size)
    }

    /// Believes an earlier answer only where the bytes were there: what was missing may have been sent since.
    /// - Parameter remote: the same in the whole run.
    func presenceUnlessSeen(
        of copy: CopyAtRemote, at remote: any Remote, sha256: String, size: Int?
    ) async -> RemotePresence {
        let question = Question(url: ByteKey(copy.url), sha256: sha256)
        if case .present? = await answers[question]?.value { return .present }
        return await ask(question, copy, remote, size)
    }

    private func ask(
        _ question: Question, _ copy: CopyAtRemote, _ remote: any Remote, _ size: Int?
    ) async -> RemotePresence {
        let answer = Task {
            await remote.presence(of: copy.url, id: copy.id, sha256: question.sha256, size: size)
        }
        answers[question] = answer
        return await answer.value
    }
}
