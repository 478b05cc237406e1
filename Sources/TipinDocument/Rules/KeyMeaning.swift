/// What a member's key says of its value.
struct KeyMeaning: Equatable {
    enum Kind: UInt8 {
        case other, type, id, bookId, assetId, sha256, attrs, content, wrapper, manifest, field, collection
    }

    var kind: Kind
    /// Of the rule, for `field` and `collection`.
    var index: UInt8 = 0

    static let other = KeyMeaning(kind: .other)
}
