internal import TipinJSON

/// What a JSON value says, member by member where it is an object: white space, escapes and the order of members do
/// not count, so that a document which an editor has saved meanwhile can still be understood.
struct MemberValues: Sendable, Equatable {
    /// The value as it stands.
    let text: [UInt8]
    /// The last of equal keys counts; `nil` where the value is no object.
    let members: [ByteText: Value]?

    /// A key, unescaped.
    typealias ByteText = [UInt8]

    /// A value as it stands, compared by what it says.
    struct Value: Sendable, Equatable {
        let text: [UInt8]
        private let meaning: [UInt8]

        init(_ text: [UInt8]) {
            self.text = text
            meaning = Self.meaning(of: text)
        }

        static func == (left: Value, right: Value) -> Bool { left.meaning == right.meaning }

        /// The value without white space, its strings escaped in one way.
        private static func meaning(of text: [UInt8]) -> [UInt8] {
            text.withUnsafeBufferPointer { buffer in
                let reader = CompactText(buffer)
                // A valid value is all that ever comes here; another one is only equal to itself.
                guard (try? Tokenizer.run(buffer, depthLimit: 1024, consumer: reader)) != nil else { return text }
                return reader.bytes
            }
        }
    }

    init(_ text: [UInt8]) {
        self.text = text
        members = text.withUnsafeBufferPointer { buffer in
            guard buffer.first == UInt8(ascii: "{") else { return nil }
            var members: [ByteText: Value] = [:]
            for member in ObjectLayout(buffer, objectAt: 0).members {
                let key = JSONString.decode(UnsafeBufferPointer(rebasing: buffer[member.key]))
                members[key] = Value(Array(buffer[member.value]))
            }
            return members
        }
    }

    static func == (left: MemberValues, right: MemberValues) -> Bool {
        guard let one = left.members, let other = right.members else {
            return left.members == nil && right.members == nil && Value(left.text) == Value(right.text)
        }
        return one == other
    }
}

/// Writes a text again without white space and with its strings escaped in one way.
private final class CompactText: TokenConsumer {
    private let text: UnsafeBufferPointer<UInt8>
    private(set) var bytes: [UInt8] = []

    init(_ text: UnsafeBufferPointer<UInt8>) { self.text = text }

    func consume(_ tokens: UnsafeBufferPointer<Token>) -> Bool {
        for token in tokens {
            let piece = UnsafeBufferPointer(rebasing: text[token.range.range])
            switch token.kind {
            case .key: bytes += JSONString.encode(JSONString.decode(piece)) + [UInt8(ascii: ":")]
            case .string: bytes += JSONString.encode(JSONString.decode(piece)) + [UInt8(ascii: ",")]
            case .objectStart, .arrayStart: bytes += piece
            case .objectEnd, .arrayEnd, .number, .boolean, .null: bytes += piece + [UInt8(ascii: ",")]
            }
        }
        return true
    }
}
