internal import TipinJSON

/// The members of one object of a JSON text, read by name and kind.
struct ObjectMembers {
    private let tree: ValueTree
    private let members: [(key: [UInt8], value: Int)]

    /// - Returns: `nil` where no object stands there.
    init?(_ tree: ValueTree, at place: Int) {
        guard tree.kind(at: place) == .objectStart else { return nil }
        self.tree = tree
        members = tree.members(of: place)
    }

    var count: Int { members.count }

    func text(_ name: String) -> String? { place(of: name).flatMap(text(at:)) }

    func number(_ name: String) -> Int? {
        guard let place = place(of: name), tree.kind(at: place) == .number else { return nil }
        return Int(String(decoding: tree.bytes(at: place), as: UTF8.self))
    }

    func object(_ name: String) -> ObjectMembers? { place(of: name).flatMap { ObjectMembers(tree, at: $0) } }

    func objects(_ name: String) -> [ObjectMembers]? { elements(name) { ObjectMembers(tree, at: $0) } }

    func texts(_ name: String) -> [String]? { elements(name, text(at:)) }

    /// - Returns: `nil` where there is no such array, or one of its elements is of another kind.
    private func elements<Element>(_ name: String, _ make: (Int) -> Element?) -> [Element]? {
        guard let place = place(of: name), tree.kind(at: place) == .arrayStart else { return nil }
        let places = tree.elements(of: place)
        let elements = places.compactMap(make)
        return elements.count == places.count ? elements : nil
    }

    private func text(at place: Int) -> String? {
        guard tree.kind(at: place) == .string else { return nil }
        return String(validating: tree.decoded(at: place), as: UTF8.self)
    }

    private func place(of name: String) -> Int? { members.first { $0.key.elementsEqual(name.utf8) }?.value }
}
