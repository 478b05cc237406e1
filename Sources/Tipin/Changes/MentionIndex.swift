/// Finds the mentions of a document that show a sign, without looking at each of them for each sign.
struct MentionIndex {
    private typealias Member = WrittenMention.Sign.Member

    private let values: [MemberValues]
    /// Places in `values`, ascending.
    private var byMember: [Member: [Int]] = [:]
    private var byWhole: [MemberValues: [Int]] = [:]

    /// - Parameter signs: what will be asked for.
    init(_ values: [MemberValues], for signs: [WrittenMention.Sign]) {
        self.values = values
        var keys: Set<[UInt8]> = []
        var hasWhole = false
        for sign in signs {
            switch sign {
            case .members(let members): keys.formUnion(members.map(\.key))
            case .whole: hasWhole = true
            }
        }
        for (place, values) in values.enumerated() {
            if hasWhole { byWhole[values, default: []].append(place) }
            for key in keys {
                guard let value = values.members?[key] else { continue }
                byMember[Member(key: key, value: value), default: []].append(place)
            }
        }
    }

    /// The places of the mentions that show the sign, ascending.
    func places(of sign: WrittenMention.Sign) -> [Int] {
        switch sign {
        case .whole(let whole): return byWhole[whole] ?? []
        case .members(let members):
            let lists = members.filter { $0.value != nil }.map { byMember[$0] ?? [] }
            let rarest = lists.min { $0.count < $1.count } ?? Array(values.indices)
            return rarest.filter { sign.holds(in: values[$0]) }
        }
    }
}
