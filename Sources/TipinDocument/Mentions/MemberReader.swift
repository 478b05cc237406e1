package import TipinJSON

/// Reads an object's members by name.
package struct MemberReader {
    private let text: UnsafeBufferPointer<UInt8>
    package let layout: ObjectLayout
    /// For each `FileRefField` the place of its member among those of the layout; -1 where it has none.
    private let places: SIMD16<Int32>
    /// The members of a FileRef that are there and not null.
    package let presentFields: PresentFields

    /// - Parameter text: begins with the object's `{`.
    package init(_ text: UnsafeBufferPointer<UInt8>) { self.init(text, objectAt: 0) }

    /// - Parameter start: the offset of the object's `{`.
    package init(_ text: UnsafeBufferPointer<UInt8>, objectAt start: Int) {
        self.text = text
        layout = ObjectLayout(text, objectAt: start)
        var places = SIMD16<Int32>(repeating: -1)
        var present: PresentFields = []
        // Of equal keys the last counts.
        for (index, member) in layout.members.enumerated() {
            guard let field = FileRefField.table.value(of: member.keyBytes, in: text) else { continue }
            places[Int(field.rawValue)] = Int32(index)
            if member.kind == .null {
                present.remove(PresentFields(field))
            } else {
                present.insert(PresentFields(field))
            }
        }
        self.places = places
        presentFields = present
    }

    /// The member of a FileRef, if the object has it.
    func member(_ field: FileRefField) -> ObjectLayout.Member? {
        let place = places[Int(field.rawValue)]
        return place < 0 ? nil : layout.members[Int(place)]
    }

    /// The text of a string member that is not empty.
    func string(_ field: FileRefField) -> String? { member(field).flatMap(content) }

    /// Whether the member is a string of that text; `false` for one that is missing.
    func hasText(_ field: FileRefField, _ expected: String) -> Bool {
        guard let member = member(field), member.kind == .string else { return false }
        return JSONString.equals(UnsafeBufferPointer(rebasing: text[member.value]), expected)
    }

    /// Whether the object tells of these bytes.
    /// - Parameter digest: in lower case.
    func hasDigest(_ digest: String) -> Bool {
        hasText(.sha256, digest) || string(.sha256).flatMap(FileRefFields.digest) == digest
    }

    /// The text of a string that is not empty.
    func content(_ member: ObjectLayout.Member) -> String? {
        guard member.kind == .string, member.value.count > 2 else { return nil }
        return JSONString.text(UnsafeBufferPointer(rebasing: text[member.value]))
    }

    /// An address that is not empty.
    /// - Parameter shorteningInline: of a long `data:` URL only the beginning is read.
    func address(_ member: ObjectLayout.Member, shorteningInline: Bool) -> String? {
        guard shorteningInline, member.kind == .string, member.value.count > Self.longAddress else {
            return content(member)
        }
        let beginning = text[member.value].dropFirst().prefix(Self.shownOfInline)
        guard beginning.starts(with: "data:".utf8), beginning.allSatisfy({ 0x20..<0x7F ~= $0 && $0 != 0x5C }) else {
            return content(member)
        }
        return String(decoding: beginning, as: UTF8.self)
    }

    /// Bytes: shorter addresses are read as quickly as they are cut.
    private static let longAddress = 4096
    /// Bytes of a `data:` URL, enough for its type.
    private static let shownOfInline = 64

    /// The text of a string member that is not empty.
    package func string(_ name: String) -> String? {
        layout.member(name, in: text).flatMap(content)
    }

    /// Whether the member is a string that no text can hold: one with half a surrogate pair.
    package func isBroken(_ name: String) -> Bool {
        guard let member = layout.member(name, in: text), member.kind == .string else { return false }
        return JSONString.hasLoneSurrogate(UnsafeBufferPointer(rebasing: text[member.value]))
    }

    /// The member, unless it is null.
    func present(_ name: String) -> ObjectLayout.Member? {
        layout.member(name, in: text).flatMap { $0.kind == .null ? nil : $0 }
    }

    /// Whether the member is there and says null.
    func isNull(_ name: String) -> Bool { layout.member(name, in: text)?.kind == .null }

    /// Whether the member is there and not null.
    package func isPresent(_ name: String) -> Bool {
        present(name) != nil
    }

    /// Whether the member is a string, though perhaps empty.
    package func isString(_ name: String) -> Bool { layout.member(name, in: text)?.kind == .string }

    /// Whether the member is a string that says nothing, as the collector takes it.
    func isBlank(_ member: ObjectLayout.Member) -> Bool {
        guard member.kind == .string, member.value.count < Self.longAddress, !member.beginsVisibly(in: text) else {
            return false
        }
        return AddressForm.trimmed(content(member) ?? "").isEmpty
    }

    /// The members of these names that hold further addresses.
    /// - Parameter prefix: what their names begin with from the object that names them all.
    func alternates(_ names: [String], below prefix: String = "") -> [OtherAddress] {
        names.compactMap { name in
            guard isFilled(name), let member = layout.member(name, in: text) else { return nil }
            let found = addresses(in: member)
            let isList = member.kind == .string && name.lowercased().hasSuffix("srcset")
            return OtherAddress(
                name: prefix + name, addresses: isList ? found.flatMap(OtherAddress.candidates) : found)
        }
    }

    /// What members say that stand beside addresses and are none.
    private static let describing: Set<String> = [
        "type", "mime", "media", "sizes", "alt", "title", "width", "height", "id", "name",
    ]

    /// The string, or all strings of an object or array but its keys and what describes an address, unless they say
    /// nothing.
    func addresses(in member: ObjectLayout.Member) -> [String] {
        var addresses: [String] = []
        var key: String?
        var position = member.value.lowerBound
        while let start = text[position..<member.value.upperBound].firstIndex(of: UInt8(ascii: "\"")),
            let end = JSONString.end(ofToken: start, in: text)
        {
            position = end
            let string = ObjectLayout.Member(key: start..<start, value: start..<end, kind: .string)
            let isKey = text[end...].first { $0 > 0x20 } == UInt8(ascii: ":") && end < member.value.upperBound
            if isKey {
                key = content(string)
                continue
            }
            defer { key = nil }
            guard !isBlank(string), let text = address(string, shorteningInline: true) else { continue }
            guard let key else {
                addresses.append(text)
                continue
            }
            if Self.describing.contains(key) { continue }
            addresses += key.lowercased().hasSuffix("srcset") ? OtherAddress.candidates(text) : [text]
        }
        return addresses
    }

    func shape(_ member: ObjectLayout.Member?) -> AddressShape {
        switch member?.kind {
        case .string: .text
        case .number: .number
        case .boolean: .boolean
        case .objectStart: .object
        case .arrayStart: .array
        default: .missing
        }
    }

    /// The members of a member that is an object.
    func object(_ member: ObjectLayout.Member?) -> MemberReader? {
        guard let member, member.kind == .objectStart else { return nil }
        return MemberReader(text, objectAt: member.value.lowerBound)
    }

    /// Whether the member is a string, an object or an array, and not empty.
    package func isFilled(_ name: String) -> Bool {
        guard let member = layout.member(name, in: text), member.value.count > 2 else { return false }
        return [.string, .objectStart, .arrayStart].contains(member.kind)
    }
}

extension ObjectLayout.Member {
    /// Whether the string begins with a character that is no white space and no escape: nearly every one does, and need
    /// not be read to know that it says something.
    func beginsVisibly(in text: UnsafeBufferPointer<UInt8>) -> Bool {
        let first = text[value.lowerBound + 1]
        return first > 0x22 && first < 0x7F && first != UInt8(ascii: "\\")
    }
}
