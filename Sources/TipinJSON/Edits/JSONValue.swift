/// A value that is written into a document. Documents are never read into this.
package indirect enum JSONValue: Sendable, Equatable {
    case string(String)
    case number(Int)
    case object([Member])
    /// A valid JSON text, written as it stands.
    case text([UInt8])

    package struct Member: Sendable, Equatable {
        package var name: String
        package var value: JSONValue

        package init(_ name: String, _ value: JSONValue) {
            self.name = name
            self.value = value
        }
    }

    /// The value as a JSON text in the style of its neighbours.
    /// - Parameter indent: what the line of the value begins with.
    package func rendered(_ style: LayoutStyle, indent: [UInt8]) -> [UInt8] {
        switch self {
        case .string(let text): return JSONString.encode(text, style.escapes)
        case .number(let value): return Array(String(value).utf8)
        case .text(let text): return text
        case .object(let members):
            guard !members.isEmpty else { return Array("{}".utf8) }
            let inner = indent + style.unit
            var output: [UInt8] = [UInt8(ascii: "{")]
            for (index, member) in members.enumerated() {
                if index > 0 { output += style.comma }
                output += style.isMultiline ? style.newline + inner : index == 0 ? style.padding : []
                output += JSONString.encode(member.name) + style.colon
                output += member.value.rendered(style, indent: inner)
            }
            output += style.isMultiline ? style.newline + indent : style.padding
            return output + [UInt8(ascii: "}")]
        }
    }
}
