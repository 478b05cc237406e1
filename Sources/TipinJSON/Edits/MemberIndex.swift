/// Finds the members of one object by name: small objects are looked through, large ones get a table.
package struct MemberIndex: Sendable {
    private static let largeCount = 24

    package let layout: ObjectLayout
    /// By the hash of an unescaped key, the last member that has it; `nil` for a small object.
    private let table: [Int: Int32]?
    /// For each member the one before with the same hash; -1 for the first. Empty for a small object.
    private let previous: [Int32]

    package init(_ layout: ObjectLayout, in text: UnsafeBufferPointer<UInt8>) {
        self.layout = layout
        guard layout.members.count > Self.largeCount else {
            table = nil
            previous = []
            return
        }
        var table: [Int: Int32] = Dictionary(minimumCapacity: layout.members.count)
        previous = layout.members.indices.map { index in
            table.updateValue(Int32(index), forKey: Self.hash(ofKey: text[layout.members[index].key])) ?? -1
        }
        self.table = table
    }

    /// The members with that key, after unescaping, from the last, which counts, to the first.
    /// - Parameter text: in which the object stands.
    package func places(of name: String, in text: UnsafeBufferPointer<UInt8>) -> [Int] {
        var places: [Int] = []
        forEachPlace(of: name, in: text) { place in
            places.append(place)
            return true
        }
        return places
    }

    /// The place of the member that counts for `name`: the last one with that key.
    package func place(of name: String, in text: UnsafeBufferPointer<UInt8>) -> Int? {
        var last: Int?
        forEachPlace(of: name, in: text) { place in
            last = place
            return false
        }
        return last
    }

    /// - Parameter body: gets the places from the last to the first for as long as it wants more.
    private func forEachPlace(
        of name: String, in text: UnsafeBufferPointer<UInt8>, _ body: (Int) -> Bool
    ) {
        var name = name
        name.withUTF8 { name in
            var next = table.map { $0[Self.hash(of: name)] ?? -1 } ?? Int32(layout.members.count) - 1
            while next >= 0 {
                let place = Int(next)
                let key = UnsafeBufferPointer(rebasing: text[layout.members[place].key])
                if JSONString.equals(key, name), !body(place) { return }
                next = table == nil ? next - 1 : previous[place]
            }
        }
    }

    private static func hash(ofKey token: Slice<UnsafeBufferPointer<UInt8>>) -> Int {
        let body = UnsafeBufferPointer(rebasing: token.dropFirst().dropLast())
        guard body.contains(UInt8(ascii: "\\")) else { return hash(of: body) }
        return JSONString.decode(UnsafeBufferPointer(rebasing: token)).withUnsafeBufferPointer(hash)
    }

    /// With this process' own secret: nobody can make a document whose keys all meet.
    private static func hash(of text: UnsafeBufferPointer<UInt8>) -> Int {
        var hasher = Hasher()
        hasher.combine(bytes: UnsafeRawBufferPointer(text))
        return hasher.finalize()
    }
}
