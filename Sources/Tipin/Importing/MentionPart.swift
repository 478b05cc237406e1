/// Neighbouring mentions of one document.
struct MentionPart: Sendable, Equatable {
    /// The number of the document among those of a call.
    var document: Int
    var mentions: Range<Int>

    /// Mentions of which all is known at one time: what is fetched for them is in memory until then, and a book has
    /// tens of thousands.
    static let limit = 2048

    /// All mentions of some documents in their order, in groups to be worked on side by side: one for each of `jobs`,
    /// and more where one would have over `limit` mentions. None is empty.
    /// - Parameter counts: of the mentions of each document.
    static func groups(ofCounts counts: [Int], into jobs: Int, limit: Int = limit) -> [[MentionPart]] {
        let jobs = max(1, jobs)
        let size = max(1, min(limit, (counts.reduce(0, +) + jobs - 1) / jobs))
        var groups: [[MentionPart]] = []
        var room = 0
        for (document, count) in counts.enumerated() {
            var start = 0
            while start < count {
                if room == 0 {
                    groups.append([])
                    room = size
                }
                let end = min(count, start + room)
                groups[groups.count - 1].append(MentionPart(document: document, mentions: start..<end))
                room -= end - start
                start = end
            }
        }
        return groups
    }
}
