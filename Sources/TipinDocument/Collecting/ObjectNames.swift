internal import TipinJSON

/// The members of an object that is about to be a mention.
struct ObjectNames {
    private let text: UnsafeBufferPointer<UInt8>
    private let layout: ObjectLayout
    private let container: String?

    init(_ text: UnsafeBufferPointer<UInt8>, _ object: ByteRange, _ container: String?) {
        self.text = text
        layout = ObjectLayout(text, objectAt: Int(object.start))
        self.container = container
    }

    /// A string member that is not empty.
    func text(_ name: String) -> ObjectLayout.Member? {
        present(name).flatMap { $0.kind == .string && $0.value.count > 2 ? $0 : nil }
    }

    /// A member that is not null.
    func present(_ name: String) -> ObjectLayout.Member? {
        layout.member(name, in: text).flatMap { $0.kind == .null ? nil : $0 }
    }

    func firstText(of names: [String]) -> (name: String, member: ObjectLayout.Member)? {
        for name in names { if let member = text(name) { return (name, member) } }
        return nil
    }

    func firstPresent(of names: [String]) -> (name: String, member: ObjectLayout.Member)? {
        for name in names { if let member = present(name) { return (name, member) } }
        return nil
    }

    /// Whether the member is a FileRef.
    func holdsFileRef(_ member: ObjectLayout.Member) -> Bool {
        guard member.kind == .objectStart else { return false }
        let object = ObjectNames(text, member.valueBytes, nil)
        return object.text(FileRefFields.assetID) != nil && object.text(FileRefFields.sha256) != nil
    }

    /// Whether an object in none of the known shapes may name a picture all the same: a place for one that is not there
    /// yet has its members and nothing in them.
    /// - Parameter addresses: members that would hold the address.
    func mayNamePicture(by addresses: [String]) -> Bool {
        let known = Set(addresses + FileRefFields.addresses + [FileRefFields.assetID, FileRefFields.sha256])
        let isPlace = known.contains { layout.member($0, in: text) != nil }
        return layout.members.contains { member in
            let name = JSONString.text(UnsafeBufferPointer(rebasing: text[member.key]))
            if Self.describing.contains(name) { return false }
            let isAsked = !isPlace || known.contains(name)
            switch member.kind {
            case .string:
                let value = AddressForm.trimmed(JSONString.text(UnsafeBufferPointer(rebasing: text[member.value])))
                return !value.isEmpty && (isAsked || AddressForm.looksLikeAddress(value))
            case .number: return isAsked
            case .objectStart, .arrayStart: return isAsked && member.value.count > 2
            default: return false
            }
        }
    }

    /// What is said of a picture and does not name it.
    private static let describing: Set<String> = [
        "type", "mime", "alt", "title", "caption", "description", "credit", "role", "width", "height",
    ]

    func pointer(_ name: String?) -> String {
        let start = container.map { "/" + $0 } ?? ""
        return name.map { start + "/" + $0 } ?? start
    }
}
