internal import TipinJSON

/// A rule table made ready for asking millions of times.
package final class CompiledRules: Sendable {
    package let table: RuleTable
    private let keys: ByteTable<KeyMeaning>
    private let nodeTypes: ByteTable<UInt8>

    package init(_ table: RuleTable) {
        self.table = table
        var keys: [(String, KeyMeaning)] = [
            ("type", KeyMeaning(kind: .type)), ("id", KeyMeaning(kind: .id)), ("bookId", KeyMeaning(kind: .bookId)),
            ("assetId", KeyMeaning(kind: .assetId)), ("sha256", KeyMeaning(kind: .sha256)),
            ("attrs", KeyMeaning(kind: .attrs)), ("props", KeyMeaning(kind: .attrs)),
            (Manifest.memberName, KeyMeaning(kind: .manifest)),
        ]
        keys += table.contents.map { ($0, KeyMeaning(kind: .content)) }
        keys += table.wrappers.map { ($0, KeyMeaning(kind: .wrapper)) }
        for (index, field) in table.fields.enumerated() {
            keys.append((field.name, KeyMeaning(kind: .field, index: UInt8(index))))
        }
        for (index, collection) in table.collections.enumerated() {
            keys.append((collection.name, KeyMeaning(kind: .collection, index: UInt8(index))))
        }
        self.keys = ByteTable(keys)
        nodeTypes = ByteTable(table.nodes.enumerated().map { ($1.type, UInt8($0)) })
    }

    /// - Parameter token: a key with its quotes.
    @inline(__always)
    func meaning(of token: ByteRange, in text: UnsafeBufferPointer<UInt8>) -> KeyMeaning {
        keys.value(of: token, in: text) ?? .other
    }

    /// - Parameter token: a string with its quotes.
    @inline(__always)
    func nodeIndex(ofType token: ByteRange, in text: UnsafeBufferPointer<UInt8>) -> UInt8? {
        nodeTypes.value(of: token, in: text)
    }
}
