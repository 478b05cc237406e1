/// Documents of a known size, the same on every machine.
enum GeneratedCorpus {
    /// A chapter as an editor saves it, minified, about `bytes` long, with a picture every few paragraphs.
    static func chapter(_ number: Int, bytes: Int) -> [UInt8] {
        var random = Splitmix(seed: UInt64(number) &+ 1)
        var text = #"{"id":"c\#(number)","bookId":"bench","title":"Chapter \#(number)","content":"#
        text += #"{"type":"doc","content":["#
        var nodes: [String] = []
        var length = text.utf8.count
        while length < bytes {
            let node = random.next(below: 8) == 0 ? picture(&random) : paragraph(&random)
            length += node.utf8.count + 1
            nodes.append(node)
        }
        text += nodes.joined(separator: ",") + "]}}"
        return Array(text.utf8)
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

    private static let words = [
        "the", "harbour", "paper", "light", "mapmaker", "quiet", "of", "and", "folded", "letter", "salt", "evening",
        "über", "café", "lantern", "a", "in", "bound", "thread", "needle", "“quoted”", "glue",
    ]

    private static func sentence(_ random: inout Splitmix, words count: Int) -> String {
        (0..<count).map { _ in words[random.next(below: words.count)] }.joined(separator: " ")
    }

    private static func paragraph(_ random: inout Splitmix) -> String {
        var runs: [String] = []
        for _ in 0..<(1 + random.next(below: 4)) {
            let marks = random.next(below: 3) == 0 ? #""marks":[{"type":"bold"}],"# : ""
            runs.append(#"{"type":"text",\#(marks)"text":"\#(sentence(&random, words: 12 + random.next(below: 20)))"}"#)
        }
        return #"{"type":"paragraph","attrs":{"textAlign":null},"content":[\#(runs.joined(separator: ","))]}"#
    }

    private static func picture(_ random: inout Splitmix) -> String {
        let id = random.next(below: 1 << 30)
        return
            #"{"type":"image","attrs":{"src":"https://old.example/img/\#(id).png","alt":"\#(sentence(&random, words: 3))","title":null,"width":null,"height":null}}"#
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
