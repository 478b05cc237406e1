import Testing

@testable import Tipin

@Suite struct MentionPartTests {
    @Test("every mention is in one part, in order, and the groups are as large as one another") func parts() {
        for (counts, jobs, limit) in [
            ([5, 0, 3, 9], 2, 100), ([22_801], 2, 2048), ([0, 0], 4, 8), ([1, 1, 1], 8, 8), ([7, 7], 1, 3),
            ([3, 4], 0, 8),
        ] {
            let groups = MentionPart.groups(ofCounts: counts, into: jobs, limit: limit)
            let all = groups.joined().flatMap { part in part.mentions.map { [part.document, $0] } }
            let expected = counts.enumerated().flatMap { work, count in (0..<count).map { [work, $0] } }
            #expect(all == expected)
            let sizes = groups.map { $0.reduce(0) { $0 + $1.mentions.count } }
            #expect(sizes.allSatisfy { $0 > 0 && $0 <= limit })
            #expect(sizes.dropLast().allSatisfy { $0 == sizes.first }, "\(sizes)")
            #expect(groups.joined().allSatisfy { !$0.mentions.isEmpty })
        }
    }

    @Test("one group for each job where none becomes too large") func jobs() {
        let groups = MentionPart.groups(ofCounts: [4, 4, 2], into: 2, limit: 100)
        #expect(
            groups == [
                [MentionPart(document: 0, mentions: 0..<4), MentionPart(document: 1, mentions: 0..<1)],
                [MentionPart(document: 1, mentions: 1..<4), MentionPart(document: 2, mentions: 0..<2)],
            ])
    }
}
