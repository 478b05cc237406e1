import Testing

/// `assets order`, `replace`, `rebook`, and what `link` says of a link.
struct AssetsChangeTests {
    private func desk() async throws -> Desk {
        let desk = try Desk()
        try desk.write(
            #"{"dataDir": ".tipin", "bookId": "b1", "editorHasAssetId": true}"#, to: "tipin.json")
        for (picture, name) in [("knots.png", "knots.png"), ("paper-star.png", "star.png"), ("tide.gif", "tide.gif")] {
            try desk.copyPicture(picture, to: name)
        }
        let added = try await desk.tipin(
            "assets", "add", "--entity", "book:b1", "--role", "gallery", "--quiet", "knots.png", "star.png")
        #expect(added.status == 0)
        return desk
    }

    @Test func `order puts those named first`() async throws {
        let desk = try await desk()
        let runs = [
            try await desk.tipin("assets", "order", "book:b1", "gallery", "f0bc"),
            try await desk.tipin("assets", "order", "book:b1", "gallery", "40dd", "f0bc"),
            try await desk.tipin("assets", "order", "book:b1", "gallery", "f0bc", "--quiet"),
            try await desk.tipin("assets", "list", "--entity", "book:b1", "--role", "gallery", "--format", "json"),
            try await desk.tipin("assets", "order", "book:b1", "cover", "f0bc"),
            try await desk.tipin("assets", "order", "book:b1", "gallery", "f0bc", "f0bc"),
            try await desk.tipin("assets", "order", "book:b1", "gallery", "zz"),
        ]
        #expect(runs.map(\.status) == [0, 0, 0, 0, 1, 64, 1])
        try Golden.expect(runs, "assets-order", at: desk)
    }

    @Test func `documents of a replaced picture get the new one by the next resolve`() async throws {
        let desk = try Desk()
        try desk.writeSmallBook()
        try await desk.tipin("migrate", "--in-place", "book")
        try desk.copyPicture("tide.gif", to: "tide.gif")
        let replaced = try await desk.tipin("assets", "replace", "40dd", "tide.gif", "--data-dir", "book/.tipin")
        let new = String(replaced.output.prefix { $0 != " " })
        #expect(try !desk.text("book/chapter.json").contains(new))
        let resolved = try await desk.tipin("resolve", "--in-place", "--for", "portable", "book")
        #expect([replaced, resolved].map(\.status) == [0, 0], "\(resolved.errors)")
        #expect(try desk.text("book/chapter.json").contains(#""alt": "Knots", "assetId": "\#(new)" }"#))
        let again = try await desk.tipin("resolve", "--in-place", "--for", "portable", "book")
        #expect(again.output.contains("0 documents changed"))
    }

    @Test func `replace moves all links, or the one that is named`() async throws {
        let desk = try await desk()
        try await desk.tipin("assets", "link", "40dd", "--entity", "book:b1", "--role", "cover", "--tags", "front")
        try desk.write("I am no picture", to: "text.png")
        let runs = [
            try await desk.tipin("assets", "replace", "40dd", "tide.gif", "--entity", "book:b1", "--role", "cover"),
            try await desk.tipin("assets", "list"),
            try await desk.tipin("assets", "replace", "40dd", "tide.gif", "--entity", "book:b1", "--role", "cover"),
            try await desk.tipin("assets", "replace", "40dd", "tide.gif", "--format", "json"),
            try await desk.tipin("assets", "list"),
            try await desk.tipin("assets", "replace", "f0bc", "text.png"),
            try await desk.tipin("assets", "replace", "f0bc", "tide.gif", "--role", "cover"),
        ]
        #expect(runs.map(\.status) == [0, 0, 1, 0, 0, 1, 64])
        try Golden.expect(runs, "assets-replace", at: desk)
    }

    @Test func `link takes tags, a description and a place, and show says who made it`() async throws {
        let desk = try await desk()
        try desk.write(
            #"{"id":"c1","content":{"type":"doc","content":[{"type":"image","attrs":{"src":"star.png"}}]}}"#,
            to: "c1.json")
        try await desk.tipin("migrate", "--in-place", "c1.json")
        let world = ["assets", "link", "f0bc", "--entity", "world:w1", "--role", "map"]
        let runs = [
            try await desk.tipin(world + ["--tags", "north,old", "--description", "The north", "--order", "3"]),
            try await desk.tipin(world + ["--tags", ""]),
            try await desk.tipin("assets", "show", "f0bc"),
            try await desk.tipin("assets", "show", "f0bc", "--format", "json"),
            try await desk.tipin("assets", "list", "--entity", "chapter:c1"),
            try await desk.tipin("assets", "list", "--entity", "chapter:c1", "--role", "map"),
        ]
        #expect(runs.map(\.status) == [0, 0, 0, 0, 0, 0])
        try Golden.expect(runs, "assets-link-words", at: desk)
    }

    @Test(arguments: ["book", "character", "world", "location", "object", "chapter", "divider"])
    func `links go to every kind of entity`(type: String) async throws {
        let desk = try await desk()
        let link = ["--entity", "\(type):x1", "--role", "divider"]
        #expect(try await desk.tipin(["assets", "link", "40dd"] + link).status == 0)
        let listed = try await desk.tipin(["assets", "list"] + link)
        #expect(listed.output.hasPrefix(Desk.knotsID))
        #expect(try await desk.tipin(["assets", "unlink", "40dd"] + link).status == 0)
        #expect(try await desk.tipin(["assets", "list"] + link).output.isEmpty)
    }

    @Test func `add takes a picture from standard input`() async throws {
        let desk = try await desk()
        let gif = "GIF89a"
        let runs = [
            try await desk.tipin(
                ["assets", "add", "--entity", "book:b1", "--role", "map", "-"], input: gif),
            try await desk.tipin(
                ["assets", "add", "--entity", "book:b1", "--role", "map", "-", "star.png"], input: ""),
        ]
        #expect(runs.map(\.status) == [3, 64])
        try Golden.expect(runs, "assets-add-stream", at: desk)
    }

    @Test func `rebook moves a book and says so`() async throws {
        let desk = try await desk()
        let runs = [
            try await desk.tipin("assets", "rebook", "b1", "b2"),
            try await desk.tipin("assets", "rebook", "b1", "b2", "--format", "json"),
            try await desk.tipin("assets", "list", "--book", "b2"),
            try await desk.tipin("assets", "rebook", "b7", "b8"),
            try await desk.tipin("assets", "rebook", "b2", "b2"),
            try await desk.tipin("assets", "rebook", "b2", ".."),
        ]
        #expect(runs.map(\.status) == [0, 0, 0, 1, 64, 1])
        #expect(desk.exists(".tipin/books/b2/files/\(Desk.knots)/original.png"))
        #expect(!desk.exists(".tipin/books/b1"))
        try Golden.expect(runs, "assets-rebook", at: desk)
    }

    @Test func `rebook refuses what contradicts itself`() async throws {
        let desk = try await desk()
        for (asset, book) in [("40dd", "b1"), ("f0bc", "b2")] {
            try await desk.tipin("assets", "link", asset, "--entity", "book:\(book)", "--role", "cover")
        }
        let run = try await desk.tipin("assets", "rebook", "b1", "b2")
        #expect(run.status == 1)
        try Golden.expect([run], "assets-rebook-refused", at: desk)
    }
}
