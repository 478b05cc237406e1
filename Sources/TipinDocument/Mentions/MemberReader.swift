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

    /// Whether the member is a string that no text can hold: one with half a surrogate pair.
    package func isBroken(_ name: String) -> Bool {
        guard let member = layout.member(name, in: text), member.kind == .string else { return false }
        return JSONString.hasLoneSurrogate(UnsafeBufferPointer(rebasing: text[member.value]))
    }

    /// Whether the member is there and not null.
    package func isPresent(_ name: String) -> Bool {
        layout.member(name, in: text).map { $0.kind != .null } ?? false
    }

    /// Whether the member is a string, though perhaps empty.
    package func isString(_ name: String) -> Bool { layout.member(name, in: text)?.kind == .string }

    package func shape(_ name: String) -> AddressShape {
        switch layout.member(name, in: text)?.kind {
        case .string: .text
        case .number: .number
        case .boolean: .boolean
        case .objectStart: .object
        case .arrayStart: .array
        default: .missing
        }
    }

    /// The members of a member that is an object.
    package func object(_ name: String) -> MemberReader? {
        guard let member = layout.member(name, in: text), member.kind == .objectStart else { return nil }
        return MemberReader(text, objectAt: member.value.lowerBound)
    }

    /// Whether the member is a string, an object or an array, and not empty.
    package func isFilled(_ name: String) -> Bool {
        guard let member = layout.member(name, in: text), member.value.count > 2 else { return false }
        return [.string, .objectStart, .arrayStart].contains(member.kind)
    }

    /// The members of a FileRef that are there and not null.
    package var presentFields: PresentFields {
        var fields: PresentFields = []
        for (name, field) in PresentFields.names where isPresent(name) { fields.insert(field) }
        return fields
    }
}
