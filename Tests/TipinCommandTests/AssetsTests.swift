import Testing

struct AssetsTests {
    @Test func `add imports, links and says each asset`() async throws {
        let desk = try Desk()
        try desk.copyPicture("knots.png", to: "knots.png")
        try desk.copyPicture("paper-star.png", to: "star.png")
        try desk.write("I am no picture", to: "text.png")
        let runs = [
            try await desk.tipin(
                "assets", "add", "--entity", "book:b1", "--role", "gallery", "knots.png", "text.png", "star.png"),
            try await desk.tipin(
                "assets", "add", "--book", "b1", "--entity", "character:ada", "--role", "avatar", "--tags", "a,b",
                "--description", "Ada as a star", "--format", "json", "star.png"),
            try await desk.tipin("assets", "list"),
            try await desk.tipin("assets", "list", "--format", "json"),
        ]
        #expect(runs.map(\.status) == [3, 0, 0, 0])
        try Golden.expect(runs, "assets-add", at: desk)
    }

    @Test func `every file that is refused is named, to people and to programs`() async throws {
        let desk = try Desk()
        try desk.copyPicture("knots.png", to: "knots.png")
        let refused = (1...9).map { "text\($0).png" }
        for name in refused { try desk.write("I am no picture", to: name) }
        let files = Array(refused[..<5] + ["knots.png"] + refused[5...])
        let add = ["assets", "add", "--entity", "book:b1", "--role", "gallery"]
        let text = try await desk.tipin(add + files)
        #expect(text.status == 3)
        for name in refused { #expect(text.errors.contains("--> \(name)\n")) }
        let json = try await desk.tipin(add + ["--format", "json"] + files)
        #expect(json.status == 3)
        let lines = json.output.split(separator: "\n")
        #expect(lines.count == files.count)
        for (line, name) in zip(lines, files) {
            #expect(line.contains(#""file":"\#(name)""#))
            #expect(line.contains(name == "knots.png" ? #""assetId":""# : #""code":"not-an-image""#))
        }
    }

    @Test func `list shows a gallery in its order, with the places`() async throws {
        let desk = try await Self.deskWithTwo()
        let gallery = ["--entity", "world:w1", "--role", "gallery"]
        for asset in ["40dd", "f0bc"] { _ = try await desk.tipin(["assets", "link", asset] + gallery) }
        let runs = [
            try await desk.tipin(["assets", "list"] + gallery),
            try await desk.tipin("assets", "order", "world:w1", "gallery", "f0bc", "40dd"),
            try await desk.tipin(["assets", "list"] + gallery),
            try await desk.tipin(["assets", "unlink", "f0bc", "--entity", "nope:b1", "--role", "gallery"]),
            try await desk.tipin("assets", "replace", "f0bc", "missing.png"),
            try await desk.tipin("assets", "replace", "f0bc", try desk.write("no picture", to: "bad.png")),
        ]
        #expect(runs.map(\.status) == [0, 0, 0, 64, 1, 1])
        try Golden.expect(runs, "assets-list-entity", at: desk)
    }

    @Test func `what names no asset is said by what it is`() async throws {
        let desk = try Desk()
        try desk.writeSmallBook()
        let node = #"{ "type": "image", "attrs": { "assetId": "knots", "src": "media/knots.png" } }"#
        try desk.writeChapter(node)
        try await desk.tipin("migrate", "--in-place", "book")
        let configuration = ["--config", "book/tipin.json"]
        let link = ["--entity", "world:w1", "--role", "map"]
        let commands = [
            ["show", "knots"], ["why", "nobody"], ["link", "knots"] + link, ["unlink", "nobody"] + link,
            ["order", "world:w1", "map", "knots"], ["replace", "knots", "book/media/star.png"],
            ["list", "--role", "mapp"], ["list", "--entity", "wrld:w1"], ["list", "--entity", "world:w1"],
            ["order", "world:w1", "mapp", Desk.knotsID],
        ]
        var runs: [Invocation] = []
        for command in commands { runs.append(try await desk.tipin(["assets"] + command + configuration)) }
        #expect(runs.map(\.status) == [1, 1, 1, 1, 1, 1, 64, 64, 0, 64])
        try Golden.expect(runs, "assets-unknown", at: desk)
    }

    @Test func `list takes what the filters say`() async throws {
        let desk = try await Self.deskWithTwo()
        let runs = [
            try await desk.tipin("assets", "list"),
            try await desk.tipin("assets", "list", "--role", "cover"),
            try await desk.tipin("assets", "list", "--entity", "chapter:c1", "--quiet"),
            try await desk.tipin("assets", "list", "--book", "another"),
            try await desk.tipin("assets", "list", "--status", "uploaded"),
        ]
        #expect(runs.map(\.status) == [0, 0, 0, 0, 0])
        try Golden.expect(runs, "assets-list", at: desk)
    }

    @Test func `show finds an asset by the beginning of its id or digest`() async throws {
        let desk = try await Self.deskWithTwo()
        let runs = [
            try await desk.tipin("assets", "show", Desk.knotsID),
            try await desk.tipin("assets", "show", String(Desk.knots.prefix(20))),
            try await desk.tipin("assets", "show", "f0bc", "--format", "json"),
            try await desk.tipin("assets", "show", "zz"),
            try await desk.tipin("assets", "show", ""),
        ]
        #expect(runs.map(\.status) == [0, 0, 0, 1, 64])
        try Golden.expect(runs, "assets-show", at: desk)
    }

    @Test func `link and unlink say what is so afterwards`() async throws {
        let desk = try await Self.deskWithTwo()
        let gallery = ["--entity", "world:w1", "--role", "gallery"]
        let runs = [
            try await desk.tipin(["assets", "link", "40dd"] + gallery),
            try await desk.tipin(["assets", "link", "40dd"] + gallery),
            try await desk.tipin("assets", "link", "40dd", "--entity", "book:b1", "--role", "cover"),
            try await desk.tipin("assets", "list"),
            try await desk.tipin(["assets", "unlink", "40dd"] + gallery),
            try await desk.tipin(["assets", "unlink", "40dd"] + gallery),
            try await desk.tipin(["assets", "unlink", "zz"] + gallery),
        ]
        #expect(runs.map(\.status) == [0, 0, 0, 0, 0, 0, 1])
        try Golden.expect(runs, "assets-link", at: desk)
    }

    @Test(arguments: [
        ["list"], ["show", "40dd"], ["link", "40dd", "--entity", "book:b1", "--role", "cover"],
        ["unlink", "40dd", "--entity", "book:b1", "--role", "cover"],
    ])
    func `a store that is not there is exit 10 and is not made`(words: [String]) async throws {
        let desk = try Desk()
        let run = try await desk.tipin(["assets"] + words + ["--data-dir", "nowhere"])
        #expect(run.status == 10)
        #expect(run.errors.contains("error[catalog-missing]"))
        #expect(try desk.contents().isEmpty)
        #expect(!desk.exists("nowhere"))
    }

    @Test func `probe says what files are and stores nothing`() async throws {
        let desk = try Desk()
        try desk.copyPicture("knots.png", to: "knots.png")
        try desk.copyPicture("tide.gif", to: "tide.gif")
        try desk.copyPicture("cover.jpg", to: "cover.jpg")
        try desk.copyPicture("lighthouse.webp", to: "named-wrongly.png")
        try desk.write("I am no picture", to: "text.png")
        let runs = [
            try await desk.tipin("assets", "probe", "knots.png", "tide.gif", "cover.jpg", "named-wrongly.png"),
            try await desk.tipin("assets", "probe", "--format", "json", "knots.png", "tide.gif"),
            try await desk.tipin("assets", "probe", "text.png", "gone.png", "knots.png"),
        ]
        #expect(runs.map(\.status) == [0, 0, 1])
        try Golden.expect(runs, "assets-probe", at: desk)
    }

    /// The small book's two pictures, imported from it.
    private static func deskWithTwo() async throws -> Desk {
        let desk = try Desk()
        try desk.writeSmallBook()
        try desk.write(#"{"editorHasAssetId": true}"#, to: "book/tipin.json")
        // One after the other, so that the list has an order.
        try await desk.tipin("migrate", "--in-place", "book/book.json")
        try await desk.tipin("migrate", "--in-place", "book/chapter.json")
        return desk
    }
}
