package import TipinJSON

/// Reads an object's members by name.
package struct MemberReader {
    private let text: UnsafeBufferPointer<UInt8>
    package let layout: ObjectLayout

    /// - Parameter text: begins with the object's `{`.
    package init(_ text: UnsafeBufferPointer<UInt8>) { self.init(text, objectAt: 0) }

    /// - Parameter start: the offset of the object's `{`.
    package init(_ text: UnsafeBufferPointer<UInt8>, objectAt start: Int) {
        self.text = text
        layout = ObjectLayout(text, objectAt: start)
    }

    /// The text of a string member that is not empty.
    package func string(_ name: String) -> String? {
        guard let member = layout.member(name, in: text), member.kind == .string, member.value.count > 2 else {
            return nil
        }
        return JSONString.text(UnsafeBufferPointer(rebasing: text[member.value]))
    }

    /// Whether the member is there and not null.
    package func isPresent(_ name: String) -> Bool {
        layout.member(name, in: text).map { $0.kind != .null } ?? false
    }

    /// Whether the member is a string, though perhaps empty.
    package func isString(_ name: String) -> Bool { layout.member(name, in: text)?.kind == .string }

    /// The members of a FileRef that are there and not null.
    package var presentFields: PresentFields {
        var fields: PresentFields = []
        for (name, field) in PresentFields.names where isPresent(name) { fields.insert(field) }
        return fields
    }
}
