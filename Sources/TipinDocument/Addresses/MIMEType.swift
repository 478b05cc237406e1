/// A media type with its parameters (WHATWG MIME Sniffing, "parse a MIME type" and "serialize a MIME type").
package struct MIMEType: Sendable, Equatable, CustomStringConvertible {
    package struct Parameter: Sendable, Equatable {
        package var name: String
        package var value: String
    }

    /// In lower case.
    package var type: String
    /// In lower case.
    package var subtype: String
    /// In the order they stand; the first of equal names counts.
    package private(set) var parameters: [Parameter] = []

    /// What a `data:` URL has that names no type, or none that can be read.
    package static let ofUntypedData = MIMEType("text/plain;charset=US-ASCII")

    /// - Returns: `nil` where there is no type and subtype of the allowed characters.
    package init?(_ text: String) {
        var rest = Substring(text).unicodeScalars
        rest = Self.trimmed(rest)
        type = String(Self.take(from: &rest) { $0 == "/" }).lowercased()
        guard rest.popFirst() != nil else { return nil }
        subtype = String(Self.trimmed(Self.take(from: &rest) { $0 == ";" }, start: false)).lowercased()
        guard Self.isToken(type), Self.isToken(subtype) else { return nil }
        while rest.popFirst() != nil {
            rest = Self.trimmed(rest, end: false)
            let name = String(Self.take(from: &rest) { $0 == ";" || $0 == "=" }).lowercased()
            guard rest.first == "=" else { continue }
            rest.removeFirst()
            guard let value = Self.value(from: &rest), Self.isToken(name),
                value.unicodeScalars.allSatisfy(Self.isQuotable),
                !parameters.contains(where: { $0.name == name })
            else { continue }
            parameters.append(Parameter(name: name, value: value))
        }
    }

    /// `type/subtype;name=value`, values quoted where they must be.
    package var description: String {
        parameters.reduce(type + "/" + subtype) { text, parameter in
            guard !Self.isToken(parameter.value) else { return text + ";\(parameter.name)=\(parameter.value)" }
            let quoted = parameter.value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
            return text + ";\(parameter.name)=\"\(quoted)\""
        }
    }

    // MARK: Parts

    private typealias Scalars = Substring.UnicodeScalarView

    /// Up to the next `;`; `nil` for an empty value without quotes.
    private static func value(from rest: inout Scalars) -> String? {
        guard rest.first == "\"" else {
            let value = trimmed(take(from: &rest) { $0 == ";" }, start: false)
            return value.isEmpty ? nil : String(value)
        }
        rest.removeFirst()
        var value = String.UnicodeScalarView()
        while let scalar = rest.popFirst(), scalar != "\"" {
            value.append(scalar == "\\" ? rest.popFirst() ?? scalar : scalar)
        }
        _ = take(from: &rest) { $0 == ";" }
        return String(value)
    }

    private static func take(from rest: inout Scalars, until ends: (Unicode.Scalar) -> Bool) -> Scalars {
        let end = rest.firstIndex(where: ends) ?? rest.endIndex
        defer { rest = rest[end...] }
        return rest[..<end]
    }

    private static func trimmed(_ text: Scalars, start: Bool = true, end: Bool = true) -> Scalars {
        func isSpace(_ scalar: Unicode.Scalar) -> Bool { [0x20, 0x09, 0x0A, 0x0D].contains(scalar.value) }
        var text = text
        while start, let first = text.first, isSpace(first) { text.removeFirst() }
        while end, let last = text.last, isSpace(last) { text.removeLast() }
        return text
    }

    /// HTTP token code points, at least one.
    private static func isToken(_ text: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
                default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
                }
            }
    }

    /// HTTP quoted-string token code points.
    private static func isQuotable(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value == 0x09 || (0x20...0x7E).contains(scalar.value) || (0x80...0xFF).contains(scalar.value)
    }
}
