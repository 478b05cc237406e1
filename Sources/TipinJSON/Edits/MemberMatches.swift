/// Which change concerns which member, and which members are new, in time proportional to both.
struct MemberMatches {
    private let changes: [MemberChange]
    /// For each member of the object the change that concerns it; empty where none does.
    private var ofMember: [Int32] = []
    /// What is set and does not stand there yet, in the order of the changes.
    private(set) var added: [(name: String, value: JSONValue)] = []

    init(_ changes: [MemberChange], _ layout: ObjectLayout, _ text: UnsafeBufferPointer<UInt8>) {
        self.changes = changes
        let members = MemberIndex(layout, in: text)
        var settled = NameSet(changes.count)
        // From the last: of two changes of one member the later counts.
        for (number, change) in changes.enumerated().reversed() where settled.insert(change.name) {
            switch change {
            case .set(let name, let value):
                // Of equal keys the last counts.
                if let place = members.place(of: name, in: text) {
                    note(number, at: place, of: layout)
                } else {
                    added.append((name, value))
                }
            case .remove(let name):
                for place in members.places(of: name, in: text) { note(number, at: place, of: layout) }
            }
        }
        added.reverse()
    }

    /// - Parameter differs: whether the member at a place is not what is to be set there.
    func changesSomething(where differs: (Int, JSONValue) -> Bool) -> Bool {
        guard added.isEmpty else { return true }
        return ofMember.indices.contains { index in
            switch change(ofMember: index) {
            case nil: false
            case .remove: true
            case .set(_, let value): differs(index, value)
            }
        }
    }

    func change(ofMember index: Int) -> MemberChange? {
        guard !ofMember.isEmpty, ofMember[index] >= 0 else { return nil }
        return changes[Int(ofMember[index])]
    }

    private mutating func note(_ change: Int, at member: Int, of layout: ObjectLayout) {
        if ofMember.isEmpty { ofMember = Array(repeating: -1, count: layout.members.count) }
        ofMember[member] = Int32(change)
    }
}

/// Names seen so far; few are compared one by one, because that is faster than hashing them.
private struct NameSet {
    private var names: [String] = []
    private var many: Set<[UInt8]>?

    init(_ count: Int) { many = count > 16 ? [] : nil }

    /// - Returns: whether the name is new.
    mutating func insert(_ name: String) -> Bool {
        if many != nil { return many?.insert(Array(name.utf8)).inserted ?? true }
        // By bytes: for `==` a name in two normal forms is one.
        guard !names.contains(where: { $0.utf8.elementsEqual(name.utf8) }) else { return false }
        names.append(name)
        return true
    }
}
