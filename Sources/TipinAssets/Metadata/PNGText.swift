/// A textual chunk of a PNG (PNG third edition, 11.3.3).
struct PNGText {
    let keyword: String
    private let payload: ArraySlice<UInt8>
    private let isCompressed: Bool

    /// `nil` for a chunk of another type, and for one that ends before its text begins.
    init?(type: String, content: ArraySlice<UInt8>) {
        let key = content.prefix { $0 != 0 }
        keyword = String(decoding: key, as: UTF8.self)
        var rest = content.dropFirst(key.count + 1)
        switch type {
        case "tEXt": isCompressed = false
        case "zTXt":
            isCompressed = true
            rest = rest.dropFirst()
        case "iTXt":
            isCompressed = rest.first != 0
            // Flag and method, the language, and the keyword in that language.
            rest = rest.dropFirst(2).drop { $0 != 0 }.dropFirst().drop { $0 != 0 }.dropFirst()
        default: return nil
        }
        payload = rest
        guard !rest.isEmpty else { return nil }
    }

    /// `nil` for what no reader can take apart.
    private var text: [UInt8]? { isCompressed ? ZlibStream.inflated(payload) : Array(payload) }

    /// Type and content of a chunk of the same kind, uncompressed, with the orientation and nothing else; `nil` where
    /// there is none. Whoever turned the picture by the text still does, and nobody begins to who did not.
    var orientationOnly: (type: String, content: [UInt8])? {
        // What a file calls its texts may itself name a position: these names are our own.
        switch keyword.lowercased() {
        case "xml:com.adobe.xmp":
            guard let orientation = text.flatMap({ XMPText($0[...]).orientation }) else { return nil }
            return ("iTXt", Array("XML:com.adobe.xmp\0\0\0\0\0".utf8) + XMPText.orientationOnly(orientation))
        case "raw profile type exif": return profile(named: "exif")
        case "raw profile type app1": return profile(named: "APP1")
        default: return nil
        }
    }

    private func profile(named name: String) -> (type: String, content: [UInt8])? {
        guard let orientation = text.flatMap({ RawProfile($0[...]).orientation }) else { return nil }
        return ("tEXt", Array("Raw profile type \(name)\0".utf8) + RawProfile.orientationOnly(orientation, named: name))
    }
}
