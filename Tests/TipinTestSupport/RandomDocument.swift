/// A document made by chance from a seed: every kind and mention form, in every layout, with all that JSON allows and
/// a rewriter may trip over.
package struct RandomDocument {
    private(set) var random: SeededGenerator
    private let layout: Layout
    private let slashes: Slashes
    /// How many mentions the text holds.
    package private(set) var mentionCount = 0

    private enum Layout: CaseIterable { case minified, spaced, indented, windows, chaos }
    private enum Slashes: CaseIterable { case plain, escaped, mixed }

    /// Stands for a lone surrogate: written as `\ud800` in the string around.
    private static let surrogate = "\u{E000}"

    package init(seed: UInt64) {
        random = SeededGenerator(seed: seed)
        layout = random.pick(Layout.allCases)
        slashes = random.pick(Slashes.allCases)
    }

    /// The text of the document.
    package mutating func make() -> [UInt8] {
        let body =
            switch Int.random(in: 0..<6, using: &random) {
            case 0: node(["type": #""doc""#, "content": nodes(2)])
            case 1: array([image()] + (0..<3).map { _ in block(2) })
            case 2: chapter()
            case 3: record()
            case 4:
                object([
                    "format": #""tiptap""#, "id": #""w1""#, "data": node(["type": #""doc""#, "content": nodes(2)]),
                ])
            default: book()
            }
        let start = random.oneIn(6) ? "\u{FEFF}" : ""
        return Array((start + gap(0) + body + (random.oneIn(2) ? "\n" : gap(0))).utf8)
    }

    // MARK: Books

    private mutating func book() -> String {
        var members = ["id": #""b1""#, "title": string("A book"), "coverImage": field(), "extra": junk(2)]
        members["gallery"] = array((0..<random.below(4)).map { _ in field() })
        members["characters"] = array((0..<random.below(3)).map { _ in entity(["avatar", "gallery"]) })
        members["worlds"] = object(["w": entity(["map", "lore"])])
        members["chapters"] = array((0..<random.below(3)).map { _ in chapter() })
        return object(members)
    }

    private mutating func record() -> String { entity(["avatar", "map"]) }

    private mutating func entity(_ fields: [String]) -> String {
        var members = ["id": random.oneIn(5) ? "42" : #""e\u0031""#, "name": string("a name"), "x": junk(1)]
        for name in fields { members[name] = random.oneIn(3) ? array([field(), field()]) : field() }
        return object(members)
    }

    /// The value of a book field.
    private mutating func field() -> String {
        let address = random.pick(Self.addresses)
        switch random.below(6) {
        case 0: return "null"
        case 1, 2:
            mentionCount += 1
            return string(address)
        case 3:
            mentionCount += 1
            return object([
                random.pick(["src", "url", "path"]): string(address), "alt": string("x"), "type": #""photo""#,
            ])
        case 4:
            mentionCount += 1
            return fileRef()
        default:
            mentionCount += 1
            return object(["assetId": string("nanoid"), "note": junk(1)])
        }
    }

    private mutating func fileRef() -> String {
        let digest = String(repeating: random.pick(["a", "0", "F"]), count: 64)
        let sha256 = random.oneIn(2) ? Self.pictureDigest : digest
        var members = ["assetId": string("id-\(random.below(9))"), "sha256": #""\#(sha256)""#, "own": junk(1)]
        if random.oneIn(2) { members["role"] = #""map""# }
        if random.oneIn(2) { members["localPath"] = string("/home/me/a.png") }
        if random.oneIn(3) { members["remoteUrl"] = random.oneIn(2) ? "null" : string("https://h/é.png") }
        return object(members)
    }

    private mutating func chapter() -> String {
        var members = ["id": #""c1""#, "bookId": #""b1""#, "content": content(), "x": junk(1)]
        switch random.below(6) {
        case 0: members["fileRefs"] = object(["id-1": manifestEntry(), "id-2": manifestEntry()])
        case 1: members["fileRefs"] = random.pick(["{}", "{ }", "null", "[1]", #""foreign""#, #"{"a":1}"#])
        default: break
        }
        return object(members, twice: random.oneIn(6) ? ["title": junk(1)] : [:])
    }

    private mutating func manifestEntry() -> String {
        let before = mentionCount
        defer { mentionCount = before }
        return fileRef()
    }

    private mutating func content() -> String {
        let text = random.oneIn(4) ? array([image()]) : node(["type": #""doc""#, "content": nodes(2)])
        guard random.oneIn(2) else { return text }
        return (0...random.below(3)).reduce(text) { inner, _ in quoted(inner) }
    }

    // MARK: Nodes

    private mutating func nodes(_ depth: Int) -> String { array((0..<random.below(5)).map { _ in block(depth) }) }

    private mutating func block(_ depth: Int) -> String {
        switch random.below(8) {
        case 0, 1: return image()
        case 2 where depth > 0: return node(["type": #""figure""#, "content": array([image(), paragraph()])])
        case 3 where depth > 0: return node(["type": #""mystery""#, "attrs": junk(2), "content": nodes(depth - 1)])
        case 4: return deep()
        case 5:
            mentionCount += 1
            return node(["type": #""divider""#, "attrs": object(["image": string(random.pick(Self.addresses))])])
        default: return paragraph()
        }
    }

    private mutating func deep() -> String {
        (0..<random.below(40)).reduce(image()) { inner, _ in #"{"type":"blockquote","content":["# + inner + "]}" }
    }

    private mutating func paragraph() -> String {
        let decoy = quoted(#"{"type":"image","attrs":{"src":"https://decoy"}}"#)
        let text =
            random.oneIn(4) ? decoy : string(random.pick(["Ab", "café 😀", "a\nb", "x" + Self.surrogate, "\u{2028}"]))
        var members = ["type": #""text""#, "text": text]
        if random.oneIn(3) {
            members["marks"] = array([node(["type": #""link""#, "attrs": object(["href": string("https://l/a.png")])])])
        }
        return node(["type": #""paragraph""#, "content": array([node(members)])])
    }

    private mutating func image() -> String {
        mentionCount += 1
        var attributes: [String: String] = ["alt": string("an \"alt\""), "data-x": junk(1)]
        switch random.below(8) {
        case 0: attributes["src"] = random.pick(["null", #""""#, "42", #"{"image":"https://h/a","fallback":null}"#])
        case 1: break
        case 2: attributes["url"] = string(random.pick(Self.addresses))
        default: attributes["src"] = string(random.pick(Self.addresses))
        }
        if random.oneIn(3) { attributes["assetId"] = string("id-\(random.below(4))") }
        if random.oneIn(2) { attributes["width"] = random.pick(["null", "1.0", "640", #""35%""#]) }
        var twice: [String: String] = [:]
        if random.oneIn(6), let src = attributes["src"] { twice = [#"s\u0072c"#: src] }
        let attrs = random.oneIn(12) ? random.pick(["{}", "{ \n }", "null"]) : object(attributes, twice: twice)
        let more = random.oneIn(8) ? ["attrs": object(["src": string("https://superseded")])] : [:]
        return object(
            ["type": #""\#(random.pick(["image", "imageBlock", #"\u0069mage"#]))""#, "attrs": attrs], before: more)
    }

    private mutating func node(_ members: [String: String]) -> String { object(members) }

    // MARK: JSON

    /// Values that no rewriter may touch.
    private mutating func junk(_ depth: Int) -> String {
        switch random.below(depth > 0 ? 10 : 8) {
        case 0: return "1.0"
        case 1: return "-1e400"
        case 2: return "123456789012345678901234567890"
        case 3: return random.pick(["true", "false", "null", "-0", "0.10E+01"])
        case 4: return #""\u0000\ud83d \ud83d\ude00 \udc00\/""#
        case 5: return string("é" + Self.surrogate + "\t")
        case 6: return #""""#
        case 7: return "[]"
        case 8: return array((0..<random.below(3)).map { _ in junk(depth - 1) })
        default: return object(["k": junk(depth - 1), #"k\"/"#: junk(depth - 1)], twice: ["k": junk(0)])
        }
    }

    /// - Parameters:
    ///   - twice: members that stand again, where they count.
    ///   - before: members that stand once before, where they do not count.
    private mutating func object(
        _ members: [String: String], twice: [String: String] = [:], before: [String: String] = [:]
    ) -> String {
        let first = members.sorted { $0.key < $1.key }.shuffled(using: &random)
        let all =
            before.map { ($0.key, $0.value) } + first.map { ($0.key, $0.value) } + twice.map { ($0.key, $0.value) }
        return list("{", "}", all.map { "\"\($0.0)\"" + colon() + indentedAgain($0.1) })
    }

    private mutating func array(_ elements: [String]) -> String { list("[", "]", elements.map(indentedAgain)) }

    private mutating func list(_ open: String, _ close: String, _ items: [String]) -> String {
        guard !items.isEmpty else { return open + (random.oneIn(3) ? gap(0) : "") + close }
        var text = open
        for (index, item) in items.enumerated() {
            if index > 0 { text += (layout == .chaos ? gap(1) : "") + "," }
            text += (index > 0 && layout == .spaced ? " " : gap(1)) + item
        }
        return text + gap(0) + close
    }

    private mutating func colon() -> String {
        switch layout {
        case .minified: ":"
        case .spaced, .indented, .windows: ": "
        case .chaos: gap(0) + ":" + gap(0)
        }
    }

    private mutating func gap(_ level: Int) -> String {
        switch layout {
        case .minified, .spaced: ""
        case .indented: "\n" + String(repeating: "  ", count: level)
        case .windows: "\r\n" + String(repeating: "\t", count: level)
        case .chaos: random.pick(["", "", " ", "\n", "\t ", "\r\n   "])
        }
    }

    /// One level further in, without touching what stands in strings: those hold no raw line breaks.
    private func indentedAgain(_ text: String) -> String {
        switch layout {
        case .indented: text.replacing("\n", with: "\n  ")
        case .windows: text.replacing("\r\n", with: "\r\n\t")
        default: text
        }
    }

    private mutating func string(_ text: String) -> String { quoted(text) }

    /// A string token for any text, with escapes by chance.
    private mutating func quoted(_ text: String) -> String {
        var token = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": token += "\\\""
            case "\\": token += "\\\\"
            case "/": token += slashes == .escaped || (slashes == .mixed && random.oneIn(2)) ? "\\/" : "/"
            case "\n": token += random.oneIn(4) ? "\\u000A" : "\\n"
            case "\u{E000}": token += "\\ud800"
            case _ where scalar.value < 0x20 || random.oneIn(60):
                for unit in String(scalar).utf16 {
                    let digits = String(unit, radix: 16)
                    token += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
                }
            default: token.unicodeScalars.append(scalar)
            }
        }
        return token + "\""
    }

    /// A PNG of one pixel that some of the documents hold, and others only speak of.
    private static let picture =
        "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR42mPQzy8GAAHiARIfj4MhAAAAAElFTkSu"
        + "QmCC"
    private static let pictureDigest = "a3382d60e1b02e4dc834e5a70ccddfebd81f6717fe59e6cd090561f87516a279"

    private static let addresses = [
        picture,
        "https://old.example/img/1.png", "//cdn.example/a.gif?x=1&y=\"2\"", "data:image/png;base64,iVBORw0KGgo=",
        "media/é b.png",
        "asset://localhost/%2Fhome%2Fa.png", "blob:http://localhost/1", "file:///a.png",
        "http://asset.localhost/C%3A%5Ca.png",
    ]
}

extension SeededGenerator {
    /// From 0 to below `bound`.
    package mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &self) }

    /// One of them.
    package mutating func pick<Element>(_ elements: [Element]) -> Element { elements[below(elements.count)] }
}
