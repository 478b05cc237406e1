internal import TipinJSON

/// What a JSON value says, member by member where it is an object: white space, escapes and the order of members do
/// not count, and null is as good as missing, so that a document which an editor has saved meanwhile can still be
/// understood.
struct MemberValues: Sendable, Hashable {
    /// The value as it stands.
    let text: [UInt8]
    /// Those that are not null; the last of equal keys counts. `nil` where the value is no object.
    let members: [ByteText: Value]?
    /// The keys of the others.
    let nulls: Set<ByteText>
    /// What is no object as a whole.
    private let value: Value?

    /// A key, unescaped.
    typealias ByteText = [UInt8]

    /// A value as it stands, compared by what it says.
    struct Value: Sendable, Hashable {
        let text: [UInt8]
        private let meaning: [UInt8]

        init(_ text: [UInt8]) {
            self.text = text
            meaning = Self.meaning(of: text)
        }

        static func == (left: Value, right: Value) -> Bool { left.meaning == right.meaning }

        func hash(into hasher: inout Hasher) { hasher.combine(meaning) }

        /// The value without white space, its strings escaped in one way.
        private static func meaning(of text: [UInt8]) -> [UInt8] {
            // A valid value is all that ever comes here; another one is only equal to itself.
            guard let tree = ValueTree(text) else { return text }
            return tree.compact(0) { token in
                token.withUnsafeBufferPointer { JSONString.encode(JSONString.decode($0)) }
            }
        }
    }

    init(_ text: [UInt8]) {
        self.text = text
        (members, nulls) = text.withUnsafeBufferPointer { buffer in
            guard buffer.first == UInt8(ascii: "{") else { return (nil, []) }
            var members: [ByteText: Value] = [:]
            var nulls: Set<ByteText> = []
            for member in ObjectLayout(buffer, objectAt: 0).members {
                let key = JSONString.decode(UnsafeBufferPointer(rebasing: buffer[member.key]))
                if member.kind == .null {
                    members[key] = nil
                    nulls.insert(key)
                } else {
                    members[key] = Value(Array(buffer[member.value]))
                    nulls.remove(key)
                }
            }
            return (members, nulls)
        }
        value = members == nil ? Value(text) : nil
    }

    static func == (left: MemberValues, right: MemberValues) -> Bool {
        left.members == right.members && left.value == right.value
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(members)
        hasher.combine(value)
    }
}
