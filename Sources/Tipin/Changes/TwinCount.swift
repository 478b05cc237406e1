internal import TipinDocument
internal import TipinJSON

/// Looks for mentions that say already what a run writes into others of their document, so that undoing can tell its
/// own from them.
struct TwinCount {
    private let document: CollectedDocument
    /// Mentions that name an asset and stay as they are.
    private let untouched: [Mention]

    init(_ document: CollectedDocument, touched: Set<Int>) {
        self.document = document
        untouched = document.mentions.enumerated().compactMap { index, mention in
            touched.contains(index) || document.details(of: mention).assetID == nil ? nil : mention
        }
    }

    /// - Parameters:
    ///   - edits: all of the document's, in order.
    ///   - offset: of the document in its file.
    func mark(_ edits: inout [RecordedEdit], at offset: Int) {
        guard !untouched.isEmpty else { return }
        let own = edits.indices.filter { edits[$0].pointer != nil }
        let groups = Dictionary(grouping: own) { WrittenMention(edits[$0]).after }
        let values = untouched.map { MemberValues(document.ownedText(of: $0)) }
        let index = MentionIndex(values, for: Array(groups.keys))
        for (sign, group) in groups {
            let twins = index.places(of: sign).map { Int(untouched[$0].owned.start) + offset }
            guard !twins.isEmpty else { continue }
            var before = 0
            for (number, place) in group.enumerated() {
                while before < twins.count, twins[before] < edits[place].offset { before += 1 }
                edits[place].twins = .init(place: number + before, count: group.count + twins.count)
            }
        }
    }
}
