internal import TipinAssets

/// Documents of a known size, the same on every machine, with nothing left to resolve.
enum GeneratedCorpus {
    /// A chapter as an editor saves it, minified, about `bytes` long, with a picture every few paragraphs and its
    /// manifest.
    /// - Parameters:
    ///   - isDone: `false` for one whose pictures are told by their addresses alone.
    ///   - assets: gets the assets that it names.
    static func chapter(
        _ number: Int, bytes: Int, isDone: Bool = true, assets: (Asset) -> Void = { _ in }
    ) -> [UInt8] {
        var random = Splitmix(seed: UInt64(number) &+ 1)
        var nodes: [String] = []
        var entries: [String] = []
        var length = 0
        while length < bytes {
            if random.next(below: 8) == 0 {
                let asset = Asset(random.next())
                assets(asset)
                nodes.append(picture(asset, &random, isDone: isDone))
                entries.append(asset.entry)
                length += asset.entry.utf8.count
            } else {
                nodes.append(paragraph(&random))
            }
            length += (nodes.last?.utf8.count ?? 0) + 1
        }
        let head = #"{"id":"c\#(number)","bookId":"bench","title":"Chapter \#(number)","content":"#
        let content = #"{"type":"doc","content":[\#(nodes.joined(separator: ","))]}"#
        let manifest = isDone ? #","fileRefs":{\#(entries.joined(separator: ","))}"# : ""
        return Array((head + content + manifest + "}").utf8)
    }

    /// A book that holds its chapters inside itself.
    static func book(bytes: Int) -> [UInt8] {
        var result = Array(#"{"id":"bench","title":"Bench","coverImage":null,"chapters":["#.utf8)
        var number = 0
        while result.count < bytes {
            if number > 0 { result.append(UInt8(ascii: ",")) }
            result += chapter(number, bytes: 27_000)
            number += 1
        }
        return result + Array("]}".utf8)
    }

    /// A chapter with `entries` assets in its manifest.
    static func manifest(entries: Int) -> [UInt8] {
        let entries = (0..<entries).map { Asset(UInt64($0)).entry }
        return Array((#"{"id":"c","content":[],"fileRefs":{"# + entries.joined(separator: ",") + "}}").utf8)
    }

    /// A document with `mentions` pictures.
    static func pictures(_ mentions: Int) -> [UInt8] {
        var random = Splitmix(seed: 1)
        let nodes = (0..<mentions).map { picture(Asset(UInt64($0)), &random) }
        return Array((#"{"type":"doc","content":["# + nodes.joined(separator: ",") + "]}").utf8)
    }

    /// An asset as tipin would have made it: its id follows from its digest.
    struct Asset {
        let id: String
        let digest: SHA256Digest

        init(_ number: UInt64) {
            let digits = String(number, radix: 16)
            let padded = String(repeating: "0", count: 16 - digits.count) + digits
            guard let digest = SHA256Digest(String(repeating: padded, count: 4)) else { fatalError("no digest") }
            self.digest = digest
            id = AssetID.derived(from: digest)
        }

        var url: String { "https://cdn.example/b/\(digest)/original.png" }

        var entry: String {
            let known = #""role":"attachment","mime":"image/png","width":640,"height":480"#
            return #""\#(id)":{"assetId":"\#(id)","sha256":"\#(digest)",\#(known),"remoteUrl":"\#(url)"}"#
        }
    }

    private static let words = [
        "the", "harbour", "paper", "light", "mapmaker", "quiet", "of", "and", "folded", "letter", "salt", "evening",
        "über", "café", "lantern", "a", "in", "bound", "thread", "needle", "“quoted”", "glue",
    ]

    private static func sentence(_ random: inout Splitmix, words count: Int) -> String {
        (0..<count).map { _ in words[random.next(below: words.count)] }.joined(separator: " ")
    }

    static func paragraph(_ random: inout Splitmix) -> String {
        var runs: [String] = []
        for _ in 0..<(1 + random.next(below: 4)) {
            let marks = random.next(below: 3) == 0 ? #""marks":[{"type":"bold"}],"# : ""
            let text = sentence(&random, words: 12 + random.next(below: 20))
            runs.append(#"{"type":"text",\#(marks)"text":"\#(text)"}"#)
        }
        return #"{"type":"paragraph","attrs":{"textAlign":null},"content":[\#(runs.joined(separator: ","))]}"#
    }

    static func picture(_ asset: Asset, _ random: inout Splitmix, isDone: Bool = true) -> String {
        let rest = #""alt":"\#(sentence(&random, words: 3))","title":null,"width":null,"height":null"#
        let id = isDone ? #","assetId":"\#(asset.id)""# : ""
        return #"{"type":"image","attrs":{"src":"\#(asset.url)",\#(rest)\#(id)}}"#
    }
}

/// The generator of Steele, Lea and Flood (2014): small and the same everywhere.
struct Splitmix {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func next(below bound: Int) -> Int { Int(next() % UInt64(bound)) }
}
