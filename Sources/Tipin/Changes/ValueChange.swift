internal import TipinJSON

/// One value of a JSON text that another text has not, has more, or has otherwise.
struct ValueChange {
    /// Where a value stands in its text.
    struct Value {
        let tree: ValueTree
        let place: Int
    }

    /// The pointer (RFC 6901) of the object or array that holds the value; empty for the root itself. `#` stands where
    /// it enters a string.
    let parent: [UInt8]
    /// What follows in the pointer; `nil` where the whole text is another.
    let step: [UInt8]?
    /// `nil` where the value is new.
    let old: Value?
    /// `nil` where the value is gone.
    let new: Value?

    var pointer: [UInt8] { step.map { parent + [UInt8(ascii: "/")] + $0 } ?? parent }

    /// What leads from one text to another; values that say the same are no change, however they are written.
    /// - Parameter entersStrings: whether a JSON text in a string is looked into.
    static func changes(from old: ValueTree, to new: ValueTree, entersStrings: Bool) -> [ValueChange] {
        var comparison = Comparison(entersStrings: entersStrings)
        comparison.run(Value(tree: old, place: 0), Value(tree: new, place: 0))
        return comparison.changes
    }

    /// Walks two texts side by side. What is still to be compared waits in a row of its own, for a document may be
    /// deeper than calls can be.
    private struct Comparison {
        /// Two values of one place, one of which may be missing.
        private struct Pair {
            let old: Value?
            let new: Value?
            /// Bytes of `path` that are the pointer of what holds them.
            let parent: Int
            let step: [UInt8]?
        }

        let entersStrings: Bool
        private(set) var changes: [ValueChange] = []
        /// The last is the next.
        private var waiting: [Pair] = []
        /// The pointer of the value that is looked at; what waits begins with a part of it.
        private var path: [UInt8] = []

        init(entersStrings: Bool) { self.entersStrings = entersStrings }

        mutating func run(_ old: Value, _ new: Value) {
            waiting = [Pair(old: old, new: new, parent: 0, step: nil)]
            while let pair = waiting.popLast() {
                path.removeSubrange(pair.parent...)
                if let old = pair.old, let new = pair.new, compare(old, new, pair) { continue }
                changes.append(
                    ValueChange(parent: Array(path[..<pair.parent]), step: pair.step, old: pair.old, new: pair.new))
            }
        }

        /// - Returns: `false` where they are not the same, and nothing inside them tells the difference.
        private mutating func compare(_ old: Value, _ new: Value, _ pair: Pair) -> Bool {
            switch (old.tree.kind(at: old.place), new.tree.kind(at: new.place)) {
            case (.objectStart, .objectStart):
                enter(pair.step)
                addMembers(old, new)
                return true
            case (.arrayStart, .arrayStart):
                let elements = (old.tree.elements(of: old.place), new.tree.elements(of: new.place))
                guard elements.0.count == elements.1.count else { return false }
                enter(pair.step)
                for (index, places) in zip(elements.0, elements.1).enumerated().reversed() {
                    add(
                        Value(tree: old.tree, place: places.0), Value(tree: new.tree, place: places.1),
                        Array(String(index).utf8))
                }
                return true
            case (.string, .string):
                if old.tree.bytes(at: old.place) == new.tree.bytes(at: new.place) { return true }
                let texts = (old.tree.decoded(at: old.place), new.tree.decoded(at: new.place))
                if texts.0 == texts.1 { return true }
                guard entersStrings, let one = ValueTree(texts.0), let other = ValueTree(texts.1) else { return false }
                enter(pair.step)
                path.append(UInt8(ascii: "#"))
                add(Value(tree: one, place: 0), Value(tree: other, place: 0), nil)
                return true
            case (let one, let other):
                return one == other && old.tree.bytes(at: old.place) == new.tree.bytes(at: new.place)
            }
        }

        private mutating func enter(_ step: [UInt8]?) {
            if let step { path += [UInt8(ascii: "/")] + step }
        }

        private mutating func add(_ old: Value?, _ new: Value?, _ step: [UInt8]?) {
            waiting.append(Pair(old: old, new: new, parent: path.count, step: step))
        }

        /// In the order of the old members, then of those that came.
        private mutating func addMembers(_ old: Value, _ new: Value) {
            let before = old.tree.members(of: old.place)
            let after = new.tree.members(of: new.place)
            let known = Set(before.map(\.key))
            for member in after.reversed() where !known.contains(member.key) {
                add(nil, Value(tree: new.tree, place: member.value), Self.escaped(member.key))
            }
            let places = Dictionary(after.map { ($0.key, $0.value) }) { $1 }
            for member in before.reversed() {
                add(
                    Value(tree: old.tree, place: member.value),
                    places[member.key].map { Value(tree: new.tree, place: $0) }, Self.escaped(member.key))
            }
        }

        /// A key as a pointer's step (RFC 6901, 3).
        private static func escaped(_ key: [UInt8]) -> [UInt8] {
            guard key.contains(where: { $0 == UInt8(ascii: "~") || $0 == UInt8(ascii: "/") }) else { return key }
            return key.flatMap { byte -> [UInt8] in
                switch byte {
                case UInt8(ascii: "~"): [UInt8(ascii: "~"), UInt8(ascii: "0")]
                case UInt8(ascii: "/"): [UInt8(ascii: "~"), UInt8(ascii: "1")]
                default: [byte]
                }
            }
        }
    }
}
