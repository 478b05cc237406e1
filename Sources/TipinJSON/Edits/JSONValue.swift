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
        var output: [UInt8] = []
        write(to: &output, style, indent)
        return output
    }

    private func write(to output: inout [UInt8], _ style: LayoutStyle, _ indent: [UInt8]) {
        switch self {
        case .string(let text): JSONString.appendToken(text, to: &output, style.escapes)
        case .number(let value): output += String(value).utf8
        case .text(let text): output += text
        case .object(let members): Self.write(members, to: &output, style, indent)
        }
    }

    private static func write(
        _ members: [Member], to output: inout [UInt8], _ style: LayoutStyle, _ indent: [UInt8]
    ) {
        output.append(UInt8(ascii: "{"))
        defer { output.append(UInt8(ascii: "}")) }
        guard !members.isEmpty else { return }
        let inner = style.isMultiline ? indent + style.unit : []
        let comma = style.comma
        for (index, member) in members.enumerated() {
            if index > 0 { output += comma }
            if style.isMultiline {
                output += style.newline
                output += inner
            } else if index == 0 {
                output += style.padding
            }
            JSONString.appendToken(member.name, to: &output, .plain)
            output += style.colon
            member.value.write(to: &output, style, inner)
        }
        if style.isMultiline {
            output += style.newline
            output += indent
        } else {
            output += style.padding
        }
    }
}
