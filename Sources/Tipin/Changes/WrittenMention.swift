internal import TipinJSON

/// What a run did to one mention.
struct WrittenMention {
    /// How one can see what a mention was, or what it became.
    enum Sign: Hashable {
        /// What members say; `nil` for one that is not there.
        case members([Member])
        case whole(MemberValues)

        struct Member: Hashable {
            let key: [UInt8]
            let value: MemberValues.Value?
        }

        /// Whether a mention says all of it.
        func holds(in values: MemberValues) -> Bool {
            switch self {
            case .whole(let whole): return values == whole
            case .members(let wanted):
                guard let members = values.members else { return false }
                return wanted.allSatisfy { members[$0.key] == $0.value }
            }
        }
    }

    let edit: RecordedEdit
    let old: MemberValues
    let new: MemberValues
    /// The keys of the members that say something else since the run, sorted; `nil` where it made another value of the
    /// whole.
    let changedKeys: [[UInt8]]?
    /// How it is known as long as nobody touched it.
    let after: Sign
    /// How it is known when it was put back.
    let before: Sign

    init(_ edit: RecordedEdit) {
        self.edit = edit
        old = MemberValues(Self.unescaped(edit.old.bytes, edit.nesting))
        new = MemberValues(Self.unescaped(edit.new.bytes, edit.nesting))
        guard let before = old.members, let after = new.members else {
            changedKeys = nil
            self.before = .whole(old)
            self.after = .whole(new)
            return
        }
        let keys = Set(before.keys).union(after.keys).filter { before[$0] != after[$0] }
            .sorted { $0.lexicographicallyPrecedes($1) }
        changedKeys = keys
        // The asset that stood there already tells a mention from others that the run changed in the same way.
        let signs = keys.contains(Self.assetID) || after[Self.assetID] == nil ? keys : keys + [Self.assetID]
        self.before = .members(signs.map { Sign.Member(key: $0, value: before[$0]) })
        self.after = .members(signs.map { Sign.Member(key: $0, value: after[$0]) })
    }

    private static let assetID = Array("assetId".utf8)

    private static func unescaped(_ bytes: [UInt8], _ nesting: Int?) -> [UInt8] {
        bytes.withUnsafeBufferPointer { NestedText(0..<$0.count, nesting: nesting ?? 0, of: $0).bytes }
    }
}
