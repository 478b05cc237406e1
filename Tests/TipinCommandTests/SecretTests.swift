import Testing
import TipinTestSupport

/// What an address holds that nobody is to see is seen nowhere but in the documents.
struct SecretTests {
    private static let name = "ada:hunter2@"
    private static let token = "hunter3"

    /// Forms in which an address is written that names a password or is signed.
    private static let addresses = [
        "http://\(name)127.0.0.1/knots.png", #"http:\/\/\#(name)127.0.0.1\/knots.png"#,
        #"http:\u002f\u002f\#(name)127.0.0.1/knots.png"#, "//\(name)127.0.0.1/knots.png",
        "https://cdn.invalid/\(String(repeating: "long/", count: 10))knots.png?X-Amz-Expires=60&sig=\(token)",
        "https://\(String(repeating: "ada", count: 30)):hunter2@127.0.0.1/knots.png",
    ]

    private func desk() throws -> Desk {
        let desk = try Desk()
        try desk.writeSmallBook()
        for (index, address) in Self.addresses.enumerated() {
            let attributes = [
                #""src": "\#(address)""#, #""srcset": "\#(address) 2x", "src": "media/gone.png""#,
                #""src": "media/gone.png", "poster": "\#(address)""#,
                #""assetId": "\#(Desk.knotsID)", "src": "\#(address)""#,
            ]
            let nodes = attributes.map { #"{"type":"image","attrs":{\#($0)}}"# }
            try desk.writeChapter(nodes.joined(separator: ","), to: "book/c\(index).json", id: "c\(index)")
            let inner = #"{"type":"doc","content":[\#(nodes.joined(separator: ","))]}"#
            let text = inner.replacing(#"\"#, with: #"\\"#).replacing("\"", with: #"\""#)
            try desk.write(#"{"id":"n\#(index)","bookId":"b1","content":"\#(text)"}"#, to: "book/n\(index).json")
        }
        return desk
    }

    @Test(arguments: [
        ["scan", "book"], ["scan", "--format", "json", "book"], ["check", "book"],
        ["check", "--format", "json", "book"],
        ["check", "--for", "publish", "book"], ["migrate", "book"],
        ["migrate", "--plan", "plan.json", "--prefer", "catalog", "--drop-src", "book"],
        ["migrate", "--in-place", "--prefer", "catalog", "--drop-src", "--diff", "book"],
        ["publish", "--in-place", "--diff", "book"], ["publish", "--output", "out", "--format", "json", "book"],
    ])
    func `no output tells a password or a signature`(_ arguments: [String]) async throws {
        let desk = try desk()
        try desk.writeChapter(#"{ "type": "image", "attrs": { "src": "media/knots.png" } }"#)
        try await desk.tipin("migrate", "--in-place", "book/chapter.json")
        let reported = arguments[0] == "scan" ? [] : ["--report", "report.json"]
        let run = try await desk.tipin(arguments + reported)
        #expect([0, 1, 3].contains(run.status), "\(run.errors)")
        let said = run.output + run.errors + (reported.isEmpty ? "" : try desk.text("report.json"))
        #expect(said.contains("knots.png") || said.contains("book/c0.json"), "\(said)")
        for secret in ["hunter2", Self.token] {
            let places = said.split(separator: "\n").filter { $0.contains(secret) }
            #expect(places.isEmpty, "\(places)")
        }
        if arguments.contains("--plan") { #expect(try desk.text("plan.json").contains("hunter2")) }
        if arguments.contains("--diff") { #expect(said.contains("--- ") || !arguments.contains("--drop-src")) }
    }
}
