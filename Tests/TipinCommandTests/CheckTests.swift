import Testing

struct CheckTests {
    @Test func `a book with all its pictures has no findings once it is published`() async throws {
        let desk = try Desk()
        try desk.writeSmallBook()
        let source = try await desk.tipin("check", "book")
        try await desk.tipin("publish", "--in-place", "book")
        let runs = [
            source,
            try await desk.tipin("check", "book"),
            try await desk.tipin("check", "--for", "publish", "book"),
            try await desk.tipin("check", "--for", "device", "book"),
            try await desk.tipin("check", "--read-data", "--quiet", "book"),
        ]
        #expect(runs.map(\.status) == [0, 0, 0, 0, 0])
        try Golden.expect(runs, "check-clean", at: desk)
    }

    @Test func `what is broken is named with its place and what to do`() async throws {
        let desk = try Desk()
        try desk.writeBrokenBook()
        let before = try desk.contents()
        let runs = [
            try await desk.tipin("check", "book"),
            try await desk.tipin("check", "--for", "publish", "book"),
            try await desk.tipin("check", "--format", "json", "book"),
        ]
        #expect(runs.map(\.status) == [1, 1, 1])
        #expect(try desk.contents() == before)
        try Golden.expect(runs, "check-broken", at: desk)
    }

    @Test func `equal findings are shown three times and then counted`() async throws {
        let desk = try Desk()
        try desk.writeSmallBook()
        let nodes = (1...7).map { #"{ "type": "image", "attrs": { "src": "media/gone-\#($0).png" } }"# }
        try desk.writeChapter(nodes.joined(separator: ",\n      "))
        let run = try await desk.tipin("check", "book/chapter.json")
        #expect(run.status == 1)
        try Golden.expect([run], "check-grouped", at: desk)
    }

    @Test func `a baseline takes known findings out and keeps new ones`() async throws {
        let desk = try Desk()
        try desk.writeBrokenBook()
        try desk.write(try await desk.tipin("check", "--format", "json", "book").output, to: "known.ndjson")
        let known = try await desk.tipin("check", "--baseline", "known.ndjson", "book")
        try desk.writeChapter(
            #"{ "type": "image", "attrs": { "src": "media/new-and-gone.png" } }"#, to: "book/new.json", id: "c9")
        let new = try await desk.tipin("check", "--baseline", "known.ndjson", "book")
        #expect(known.status == 0)
        #expect(new.status == 1)
        try Golden.expect([known, new], "check-baseline", at: desk)
    }

    @Test(arguments: [("error", Int32(0)), ("warning", 1), ("note", 1)])
    func `the lightest severity that fails can be chosen`(severity: String, status: Int32) async throws {
        let desk = try Desk()
        try desk.writeSmallBook()
        let run = try await desk.tipin("check", "--fail-on", severity, "book")
        #expect(run.status == status)
        #expect(run.output.hasSuffix("no broken assets\n") == (status == 0))
        #expect(run.output.hasSuffix("no broken assets, but findings that count with --fail-on\n") == (status == 1))
    }

    @Test func `a catalog that is named and not there is exit 10`() async throws {
        let desk = try Desk()
        try desk.writeSmallBook()
        let run = try await desk.tipin("check", "--data-dir", "nowhere", "book")
        #expect(run.status == 10)
        #expect(!desk.exists("nowhere"))
        try Golden.expect([run], "check-catalog-missing", at: desk)
    }

    @Test func `a report is written where it is asked for`() async throws {
        let desk = try Desk()
        try desk.writeBrokenBook()
        let run = try await desk.tipin("check", "--quiet", "--report", "report.json", "book")
        #expect(run.status == 1)
        try Golden.expect(desk.masked(try desk.text("report.json")), "check-report")
    }
}

extension Desk {
    /// The small book with one chapter in which little is right.
    fileprivate func writeBrokenBook() throws {
        try writeSmallBook()
        try write("I am no picture", to: "book/media/text.png")
        try writeChapter(
            #"{ "type": "image", "attrs": { "src": "media/knots.png" } }"#,
            #"{ "type": "image", "attrs": { "src": "media/gone.png" } }"#,
            #"{ "type": "image", "attrs": { "src": "media/text.png" } }"#,
            #"{ "type": "image", "attrs": { "assetId": "nobody" } }"#,
            #"{ "type": "image", "attrs": { "src": "../../outside.png" } }"#,
            #"{ "type": "image", "attrs": { "src": "blob:https://app.example/1" } }"#,
            #"{ "type": "image", "attrs": { "src": "https://old.example/a.png" } }"#,
            to: "book/broken.json", id: "c2")
    }
}
