internal import Foundation

/// A form as RFC 7578 has it, read strictly: what a lenient server forgives is a fault here.
package struct MultipartForm: Sendable {
    package struct Part: Sendable, Equatable {
        package var name: String
        package var fileName: String?
        package var mime: String?
        package var content: [UInt8]

        package var text: String { String(decoding: content, as: UTF8.self) }
    }

    package let parts: [Part]

    /// - Parameter contentType: the request's header.
    package init?(_ body: [UInt8], contentType: String) {
        let start = "multipart/form-data; boundary="
        guard contentType.hasPrefix(start) else { return nil }
        let delimiter = Data("\r\n--\(contentType.dropFirst(start.count))".utf8)
        // The first delimiter has no line before it.
        let data = Data("\r\n".utf8) + Data(body)
        guard let first = data.range(of: delimiter), first.lowerBound == data.startIndex else { return nil }
        var parts: [Part] = []
        var position = first.upperBound
        while !data[position...].elementsEqual("--\r\n".utf8) {
            guard data[position...].starts(with: "\r\n".utf8),
                let next = data.range(of: delimiter, in: position..<data.endIndex),
                let part = Self.part(data[(position + 2)..<max(position + 2, next.lowerBound)])
            else { return nil }
            parts.append(part)
            position = next.upperBound
        }
        self.parts = parts
    }

    /// The part of this name, if there is exactly one.
    package subscript(_ name: String) -> Part? {
        let found = parts.filter { $0.name == name }
        return found.count == 1 ? found[0] : nil
    }

    private static func part(_ data: Data) -> Part? {
        guard let end = data.range(of: Data("\r\n\r\n".utf8)) else { return nil }
        let head = String(decoding: data[..<end.lowerBound], as: UTF8.self)
        var part = Part(name: "", content: Array(data[end.upperBound...]))
        for line in head.split(separator: "\r\n" as Character) {
            let pieces = line.split(separator: ": ", maxSplits: 1).map(String.init)
            guard pieces.count == 2 else { return nil }
            switch pieces[0].lowercased() {
            case "content-disposition":
                guard let (name, fileName) = disposition(pieces[1]) else { return nil }
                (part.name, part.fileName) = (name, fileName)
            case "content-type": part.mime = pieces[1]
            default: return nil
            }
        }
        return part.name.isEmpty ? nil : part
    }

    /// `form-data; name="file"; filename="a.png"`; the values may hold no quote.
    private static func disposition(_ text: String) -> (name: String, fileName: String?)? {
        guard let match = text.wholeMatch(of: /form-data; name="([^"]+)"(?:; filename="([^"]+)")?/) else { return nil }
        return (String(match.1), match.2.map { String($0) })
    }
}
