import Testing

/// A command that changes files, to be ended at its system calls.
struct InjectedCommand: Sendable, CustomTestStringConvertible, CustomStringConvertible {
    let arguments: [String]
    /// Fewer calls than this mean that something was not ended at all.
    let leastPoints: Int
    /// Makes what is there before.
    let desk: @Sendable () async throws -> Desk

    var description: String { arguments.joined(separator: " ") }
    var testDescription: String { description }

    /// How other commands find the same store.
    var place: [String] { ["--config", "book/tipin.json"] }

    static let publish = InjectedCommand(arguments: ["publish", "--in-place", "book"], leastPoints: 500) {
        let desk = try Desk()
        try desk.writeSmallBook()
        return desk
    }

    /// The catalog's half: a new asset takes an old one's links, and the old one is known to have been replaced.
    static let replace = InjectedCommand(
        arguments: ["assets", "replace", Desk.knotsID, "star.png", "--config", "book/tipin.json"], leastPoints: 450
    ) {
        let desk = try Desk()
        try desk.write(#"{"dataDir": ".tipin", "bookId": "b1"}"#, to: "book/tipin.json")
        try desk.writeChapter(#"{ "type": "image", "attrs": { "assetId": "\#(Desk.knotsID)" } }"#)
        try desk.copyPicture("knots.png", to: "knots.png")
        try desk.copyPicture("paper-star.png", to: "star.png")
        let add = ["assets", "add", "knots.png", "--entity", "book:b1", "--role", "cover"]
        #expect(try await desk.tipin(add + ["--config", "book/tipin.json"]).status == 0)
        return desk
    }

    /// One picture is damaged and one is missing; both are in a folder that is searched.
    static let verify = InjectedCommand(
        arguments: [
            "assets", "verify", "--read-data", "--search", "attic", "--documents", "book", "--config",
            "book/tipin.json",
        ], leastPoints: 450
    ) {
        let desk = try Desk()
        try desk.write(#"{"dataDir": ".tipin", "bookId": "b1"}"#, to: "book/tipin.json")
        try desk.writeChapter(#"{ "type": "image", "attrs": { "assetId": "\#(Desk.knotsID)" } }"#)
        try desk.copyPicture("knots.png", to: "attic/knots.png")
        try desk.copyPicture("paper-star.png", to: "attic/star.png")
        let add = ["assets", "add", "attic/knots.png", "attic/star.png", "--entity", "book:b1", "--role", "gallery"]
        #expect(try await desk.tipin(add + ["--config", "book/tipin.json"]).status == 0)
        let blobs = [Desk.knots, Desk.star].map { "book/.tipin/books/b1/files/\($0)/original.png" }
        for blob in blobs { try desk.remove(blob) }
        try desk.write("no picture", to: blobs[0])
        return desk
    }

    /// One picture is named by a document, one by nothing any more.
    static let clean = InjectedCommand(
        arguments: ["assets", "gc", "--delete", "--config", "book/tipin.json", "--documents", "book"], leastPoints: 450
    ) {
        let desk = try Desk()
        try desk.write(#"{"dataDir": ".tipin", "bookId": "b1", "gcGraceHours": 0}"#, to: "book/tipin.json")
        try desk.writeChapter(#"{ "type": "image", "attrs": { "assetId": "\#(Desk.knotsID)" } }"#)
        try desk.copyPicture("knots.png", to: "knots.png")
        try desk.copyPicture("paper-star.png", to: "star.png")
        let store = ["--config", "book/tipin.json"]
        let link = ["--entity", "chapter:c1", "--role", "attachment"]
        for (file, id) in [("knots.png", Desk.knotsID), ("star.png", Desk.starID)] {
            #expect(try await desk.tipin(["assets", "add", file] + link + store).status == 0)
            #expect(try await desk.tipin(["assets", "unlink", id] + link + store).status == 0)
        }
        return desk
    }

    static let all = [publish, clean, replace, verify]
}
