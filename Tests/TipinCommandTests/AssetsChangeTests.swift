import Foundation
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
            try await desk.tipin("assets", "rebook", "b1", "b2"),
            try await desk.tipin("assets", "rebook", "b7", "b2"),
            try await desk.tipin("assets", "rebook", "b7", "b8"),
            try await desk.tipin("assets", "rebook", "b2", "b2"),
            try await desk.tipin("assets", "rebook", "b2", ".."),
        ]
        #expect(runs.map(\.status) == [0, 0, 0, 0, 1, 1, 64, 1])
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

    @Test(arguments: [
        ["boook:b1", "cover"], ["book:b1", "covr"], ["book:b1", ""], ["BOOK:b1", "cover"],
    ])
    func `a kind of entity or a role that nobody knows is refused`(words: [String]) async throws {
        let desk = try await desk()
        let link = ["--entity", words[0], "--role", words[1]]
        let before = try await desk.tipin("assets", "list", "--format", "json").output
        for command in [["add", "tide.gif"], ["link", "40dd"], ["replace", "40dd", "tide.gif"]] {
            let run = try await desk.tipin(["assets"] + command + link)
            #expect(run.status == 64, "\(run.errors)")
            #expect(run.errors.contains("cover, avatar, gallery") || run.errors.contains("book, character, world"))
        }
        #expect(try await desk.tipin("assets", "list", "--format", "json").output == before)
    }

    @Test func `kinds and roles of the configuration are known`() async throws {
        let desk = try await desk()
        try desk.write(
            #"""
            {"dataDir": ".tipin", "bookId": "b1", "mentions": {"fields": [{"name": "seal", "role": "seal",
             "entity": "house"}], "collections": [{"name": "guilds", "entity": "guild"}]}}
            """#, to: "tipin.json")
        for type in ["house", "guild"] {
            let run = try await desk.tipin("assets", "link", "40dd", "--entity", "\(type):x", "--role", "seal")
            #expect(run.status == 0, "\(run.errors)")
        }
    }

    @Test func `adding files again changes no order`() async throws {
        let desk = try await desk()
        let gallery = ["--entity", "book:b1", "--role", "gallery"]
        try await desk.tipin("assets", "order", "book:b1", "gallery", "f0bc")
        let list = { try await desk.tipin(["assets", "list", "--format", "json"] + gallery).output }
        let before = try await list()
        #expect(try await desk.tipin(["assets", "add"] + gallery + ["star.png", "knots.png"]).status == 0)
        #expect(try await list() == before)
    }

    @Test func `a picture that replaces itself changes nothing, and warnings are printed`() async throws {
        let desk = try await desk()
        try desk.copyPicture("knots.png", to: "knots.jpg")
        let run = try await desk.tipin("assets", "replace", "40dd", "knots.jpg")
        #expect(run.status == 0)
        #expect(run.output == "\(Desk.knotsID)  is that picture already; nothing changes\n")
        #expect(run.errors.contains("warning[type-mismatch]"))
    }

    @Test func `rebook tells a second time from a slip of the pen`() async throws {
        let desk = try await desk()
        #expect(try await desk.tipin("assets", "rebook", "b1", "b2").status == 0)
        let again = try await desk.tipin("assets", "rebook", "b1", "b2")
        #expect((again.status, again.output) == (0, "nothing to do: no asset belongs to 'b1' any more\n"))
        let slip = try await desk.tipin("assets", "rebook", "b11", "b2")
        #expect(slip.status == 1)
        #expect(slip.errors.contains("nothing to do: no asset belongs to 'b11'"))
    }

    @Test func `list takes several books`() async throws {
        let desk = try await desk()
        try await desk.tipin("assets", "add", "--book", "b2", "--entity", "book:b2", "--role", "map", "tide.gif")
        let list = { (books: [String]) in
            try await desk.tipin(["assets", "list", "--quiet"] + books.flatMap { ["--book", $0] }).output
                .split(separator: "\n").filter { !$0.hasPrefix(" ") }.count
        }
        #expect(try await list(["b1"]) == 2)
        #expect(try await list(["b2"]) == 1)
        #expect(try await list(["b2", "b1"]) == 3)
    }

    @Test func `probe says how large a file is, and what a symbolic link is`() async throws {
        let desk = try await desk()
        try desk.write([UInt8](repeating: 7, count: 26 << 20), to: "large.png")
        try FileManager.default.createSymbolicLink(atPath: desk.path("link.png"), withDestinationPath: "knots.png")
        let run = try await desk.tipin("assets", "probe", "large.png", "link.png")
        #expect(run.status == 1)
        #expect(run.errors.contains("it has \(26 << 20) bytes"))
        #expect(run.errors.contains("image file is a symbolic link"))
        #expect(!run.errors.contains("Too many levels"))
    }
}
