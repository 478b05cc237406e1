/// Finds the members of one object by name: small objects are looked through, large ones get a table.
package struct MemberIndex {
    private static let largeCount = 24

    private let text: UnsafeBufferPointer<UInt8>
    private let layout: ObjectLayout
    /// By unescaped key; `nil` for a small object.
    private let table: [[UInt8]: [Int32]]?

    package init(_ layout: ObjectLayout, in text: UnsafeBufferPointer<UInt8>) {
        self.text = text
        self.layout = layout
        guard layout.members.count > Self.largeCount else {
            table = nil
            return
        }
        var table: [[UInt8]: [Int32]] = Dictionary(minimumCapacity: layout.members.count)
        for (index, member) in layout.members.enumerated() {
            table[JSONString.decode(UnsafeBufferPointer(rebasing: text[member.key])), default: []].append(Int32(index))
        }
        self.table = table
    }

    /// The members with that key, after unescaping, in the order they stand; the last one counts.
    package func places(of name: String) -> [Int] {
        if let table { return table[Array(name.utf8)]?.map(Int.init) ?? [] }
        return layout.members.indices.filter {
            JSONString.equals(UnsafeBufferPointer(rebasing: text[layout.members[$0].key]), name)
        }
    }

    /// The place of the member that counts for `name`: the last one with that key.
    package func place(of name: String) -> Int? {
        if let table { return table[Array(name.utf8)]?.last.map(Int.init) }
        return layout.place(of: name, in: text)
    }

    /// The member that counts for `name`.
    package func member(_ name: String) -> ObjectLayout.Member? { place(of: name).map { layout.members[$0] } }
}
