/// Finds the members of one object by name: small objects are looked through, large ones get a table.
package struct MemberIndex {
    private static let largeCount = 24

    private let text: UnsafeBufferPointer<UInt8>
    private let layout: ObjectLayout
    /// By unescaped key, the place of the last member that has it; `nil` for a small object.
    private let table: [[UInt8]: Int32]?
    /// For each member the one before with the same key; -1 for the first. Empty for a small object.
    private let previous: [Int32]

    package init(_ layout: ObjectLayout, in text: UnsafeBufferPointer<UInt8>) {
        self.text = text
        self.layout = layout
        guard layout.members.count > Self.largeCount else {
            table = nil
            previous = []
            return
        }
        var table: [[UInt8]: Int32] = Dictionary(minimumCapacity: layout.members.count)
        previous = layout.members.indices.map { index in
            let key = UnsafeBufferPointer(rebasing: text[layout.members[index].key])
            return table.updateValue(Int32(index), forKey: JSONString.decode(key)) ?? -1
        }
        self.table = table
    }

    /// The members with that key, after unescaping, from the last, which counts, to the first.
    package func places(of name: String) -> [Int] {
        guard let table else {
            return layout.members.indices.reversed().filter {
                JSONString.equals(UnsafeBufferPointer(rebasing: text[layout.members[$0].key]), name)
            }
        }
        var places: [Int] = []
        var next = table[Array(name.utf8)] ?? -1
        while next >= 0 {
            places.append(Int(next))
            next = previous[Int(next)]
        }
        return places
    }

    /// The place of the member that counts for `name`: the last one with that key.
    package func place(of name: String) -> Int? {
        if let table { return table[Array(name.utf8)].map(Int.init) }
        return layout.place(of: name, in: text)
    }

    /// The member that counts for `name`.
    package func member(_ name: String) -> ObjectLayout.Member? { place(of: name).map { layout.members[$0] } }
}
