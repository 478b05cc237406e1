/// Writes JSON texts for machines: members in the order they are given, one line, UTF-8.
package struct JSONWriter {
    package private(set) var bytes: [UInt8] = []
    private var needsComma = false

    package init() {}

    /// An array of strings.
    package static func array(of texts: some Sequence<String>) -> String {
        var writer = JSONWriter()
        writer.strings(texts)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    package mutating func object(_ body: (inout JSONWriter) throws -> Void) rethrows { try nest("{", "}", body) }
    package mutating func array(_ body: (inout JSONWriter) throws -> Void) rethrows { try nest("[", "]", body) }

    package mutating func key(_ name: String) {
        string(name)
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    package mutating func string(_ text: String) { string(utf8: text.utf8) }

    /// - Parameter text: UTF-8.
    package mutating func string(utf8 text: some Collection<UInt8>) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        JSONString.append(text, to: &bytes, keepsUnicode: true)
        bytes.append(UInt8(ascii: "\""))
        needsComma = true
    }

    private mutating func strings(_ texts: some Sequence<String>) {
        array { writer in for text in texts { writer.string(text) } }
    }

    /// A value that is JSON already.
    package mutating func value(_ json: some Sequence<UInt8>) {
        separate()
        bytes += json
    }

    package mutating func number(_ value: Int) { literal(String(value)) }
    package mutating func boolean(_ value: Bool) { literal(value ? "true" : "false") }
    package mutating func null() { literal("null") }

    package mutating func member(_ name: String, _ value: String?) {
        key(name)
        if let value { string(value) } else { null() }
    }

    package mutating func member(_ name: String, _ value: Int?) {
        key(name)
        if let value { number(value) } else { null() }
    }

    package mutating func member(_ name: String, _ values: [String]) {
        key(name)
        strings(values)
    }

    /// Ends a line, for one object a line.
    package mutating func newline() {
        bytes.append(0x0A)
        needsComma = false
    }

    private mutating func nest(
        _ open: Unicode.Scalar, _ close: Unicode.Scalar, _ body: (inout JSONWriter) throws -> Void
    ) rethrows {
        separate()
        bytes.append(UInt8(ascii: open))
        needsComma = false
        try body(&self)
        bytes.append(UInt8(ascii: close))
        needsComma = true
    }

    private mutating func literal(_ text: String) {
        separate()
        bytes += text.utf8
    }

    private mutating func separate() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
        needsComma = true
    }
}
