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
        comparison.compare(Value(tree: old, place: 0), Value(tree: new, place: 0), parent: [], step: nil)
        return comparison.changes
    }

    private struct Comparison {
        let entersStrings: Bool
        var changes: [ValueChange] = []

        mutating func compare(_ old: Value, _ new: Value, parent: [UInt8], step: [UInt8]?) {
            let path = step.map { parent + [UInt8(ascii: "/")] + $0 } ?? parent
            switch (old.tree.kind(at: old.place), new.tree.kind(at: new.place)) {
            case (.objectStart, .objectStart): return compareObjects(old, new, path)
            case (.arrayStart, .arrayStart):
                let pairs = (old.tree.elements(of: old.place), new.tree.elements(of: new.place))
                if pairs.0.count == pairs.1.count {
                    for (index, pair) in zip(pairs.0, pairs.1).enumerated() {
                        compare(
                            Value(tree: old.tree, place: pair.0), Value(tree: new.tree, place: pair.1), parent: path,
                            step: Array(String(index).utf8))
                    }
                    return
                }
            case (.string, .string):
                if old.tree.bytes(at: old.place) == new.tree.bytes(at: new.place) { return }
                let texts = (old.tree.decoded(at: old.place), new.tree.decoded(at: new.place))
                if texts.0 == texts.1 { return }
                if entersStrings, let one = ValueTree(texts.0), let other = ValueTree(texts.1) {
                    let inner = (Value(tree: one, place: 0), Value(tree: other, place: 0))
                    return compare(inner.0, inner.1, parent: path + [UInt8(ascii: "#")], step: nil)
                }
            case (let one, let other) where one == other:
                if old.tree.bytes(at: old.place) == new.tree.bytes(at: new.place) { return }
            default: break
            }
            changes.append(ValueChange(parent: parent, step: step, old: old, new: new))
        }

        private mutating func compareObjects(_ old: Value, _ new: Value, _ path: [UInt8]) {
            let before = old.tree.members(of: old.place)
            let after = new.tree.members(of: new.place)
            let places = Dictionary(after.map { ($0.key, $0.value) }) { $1 }
            for member in before {
                let value = Value(tree: old.tree, place: member.value)
                if let place = places[member.key] {
                    compare(value, Value(tree: new.tree, place: place), parent: path, step: Self.escaped(member.key))
                } else {
                    changes.append(ValueChange(parent: path, step: Self.escaped(member.key), old: value, new: nil))
                }
            }
            let known = Set(before.map(\.key))
            for member in after where !known.contains(member.key) {
                let value = Value(tree: new.tree, place: member.value)
                changes.append(ValueChange(parent: path, step: Self.escaped(member.key), old: nil, new: value))
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
