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

    func pointer(_ name: String?) -> String {
        let start = container.map { "/" + $0 } ?? ""
        return name.map { start + "/" + $0 } ?? start
    }
}
