import Testing

/// Thumbnails, and metadata that is removed later.
struct AssetsUpkeepTests {
    @Test func `thumbnail makes what is missing, and what is wrong again`() async throws {
        let desk = try Desk()
        try desk.copyPicture("knots.png", to: "knots.png")
        try desk.copyPicture("cover.jpg", to: "cover.jpg")
        try desk.write(#"{ "dataDir": "data", "bookId": "b1", "thumbnails": [32] }"#, to: "tipin.json")
        let added = try await desk.tipin("assets", "add", "--entity", "book:b1", "--role", "gallery", "cover.jpg")
        let thumbnail = "data/books/b1/files/\(Desk.knots)/thumb_64.webp"
        var runs = [
            added,
            try await desk.tipin("assets", "thumbnail"),
            try await desk.tipin("assets", "add", "--entity", "book:b1", "--role", "gallery", "knots.png"),
            try await desk.tipin("assets", "thumbnail", "--size", "64", "--size", "32", "40dd"),
        ]
        #expect(desk.exists(thumbnail))
        let good = try desk.read(thumbnail)
        try desk.remove(thumbnail)
        try desk.write(good.dropLast(), to: thumbnail)
        runs += [
            try await desk.tipin("assets", "thumbnail", "--size", "64", "40dd", "--format", "json"),
            try await desk.tipin("assets", "thumbnail", "--size", "64", "--quiet", "--book", "another"),
            try await desk.tipin("assets", "thumbnail", "zz"),
            try await desk.tipin("assets", "thumbnail", "--size", "5"),
        ]
        #expect(try desk.read(thumbnail) == good)
        #expect(runs.map(\.status) == [0, 0, 0, 0, 0, 0, 1, 64])
        try Golden.expect(runs, "assets-thumbnail", at: desk)
    }

    @Test func `restrip replaces pictures that tell where they were taken, once`() async throws {
        let desk = try Desk()
        try desk.writeSmallBook()
        let picture = try desk.placedPicture()
        try desk.write(picture, to: "book/media/tide.gif")
        try desk.writeChapter(#"{ "type": "image", "attrs": { "src": "media/tide.gif" } }"#)
        func configure(_ metadata: String) throws {
            try desk.write(
                """
                { "dataDir": ".tipin", "remote": "folder:.tipin/cdn?base=https://cdn.example/b1",
                  "editorHasAssetId": true, "metadata": "\(metadata)" }
                """, to: "book/tipin.json")
        }
        let configuration = ["--config", "book/tipin.json"]
        try configure("keep")
        var runs = [try await desk.tipin(["publish", "--in-place", "book"] + configuration)]
        let before = try desk.text("book/chapter.json")
        try configure("strip-gps")
        runs += [
            try await desk.tipin(["assets", "restrip"] + configuration),
            try await desk.tipin(["check", "book"] + configuration),
            try await desk.tipin(["publish", "--in-place", "book"] + configuration),
            try await desk.tipin(["assets", "restrip", "--format", "json"] + configuration),
            try await desk.tipin(["check", "--for", "publish", "book"] + configuration),
        ]
        let after = try desk.text("book/chapter.json")
        let address = /"src": "([^"]+)"/
        let (old, new) = try (#require(before.firstMatch(of: address)?.1), #require(after.firstMatch(of: address)?.1))
        #expect(old != new && new.hasPrefix("https://cdn.example/b1/"))
        #expect(runs.map(\.status) == [0, 0, 0, 0, 0, 0])
        try Golden.expect(runs, "assets-restrip", at: desk)
    }
}

extension Desk {
    /// The demo book's film strip with a comment that says where it was drawn.
    func placedPicture() throws -> [UInt8] {
        try copyPicture("tide.gif", to: "tide.gif")
        let bytes = try read("tide.gif")
        try remove("tide.gif")
        let header = 13 + (bytes[10] & 0x80 == 0 ? 0 : 3 << (Int(bytes[10] & 7) + 1))
        let comment: [UInt8] = [0x21, 0xFE, 18] + Array("+52.5167+013.4000/".utf8) + [0]
        return Array(bytes[..<header]) + comment + bytes[header...]
    }
}
