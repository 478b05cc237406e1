import Testing

struct ScanTests {
    @Test func `lists every mention and creates nothing`() async throws {
        let desk = try Desk()
        try desk.writeSmallBook()
        try desk.writeChapter(
            #"{ "type": "image", "attrs": { "src": "https://old.example/a.png?token=secret" } }"#,
            #"{ "type": "image", "attrs": { "assetId": "q7Lw0hXn", "src": null } }"#,
            #"{ "type": "image", "attrs": { "src": "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYA" } }"#,
            #"{ "type": "image", "attrs": { "src": "blob:https://app.example/1" } }"#,
            to: "book/forms.json", id: "c2")
        try desk.write(#"{"version": 3}"#, to: "book/notes.json")
        let before = try desk.contents()
        let runs = [
            try await desk.tipin("scan", "book"),
            try await desk.tipin("scan", "--format", "json", "book"),
            try await desk.tipin("scan", "--quiet", "book/book.json"),
        ]
        #expect(runs.map(\.status) == [0, 0, 0])
        #expect(try desk.contents() == before)
        try Golden.expect(runs, "scan", at: desk)
    }
}
