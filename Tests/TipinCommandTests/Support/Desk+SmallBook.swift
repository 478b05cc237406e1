/// A book of two documents and two pictures, with a folder as its remote.
extension Desk {
    static let knots = "40dd88470ebf196acabe44974ebb73b83a0705d8bcc9ba62f812d7d4ba433cf6"
    static let knotsID = "40dd8847-0ebf-896a-8abe-44974ebb73b8"
    static let star = "f0bc4db81540d666431cdc0f358a2b64648ae385fe03918d8e2b7213d6f5d9f4"
    static let starID = "f0bc4db8-1540-8666-831c-dc0f358a2b64"

    /// Below `book`; nothing of it is imported yet.
    func writeSmallBook() throws {
        try write(
            """
            {
              "dataDir": ".tipin",
              "remote": "folder:.tipin/cdn?base=https://cdn.example/b1",
              "editorHasAssetId": true
            }

            """, to: "book/tipin.json")
        try write(
            """
            {
              "id": "b1",
              "title": "A small book",
              "coverImage": "media/star.png"
            }

            """, to: "book/book.json")
        try writeChapter(#"{ "type": "image", "attrs": { "src": "media/knots.png", "alt": "Knots" } }"#)
        try copyPicture("knots.png", to: "book/media/knots.png")
        try copyPicture("paper-star.png", to: "book/media/star.png")
    }

    /// A chapter of the small book whose nodes are these.
    func writeChapter(_ nodes: String..., to name: String = "book/chapter.json", id: String = "c1") throws {
        let lines = nodes.map { "      " + $0 }.joined(separator: ",\n")
        try write(
            """
            {
              "id": "\(id)",
              "bookId": "b1",
              "content": {
                "type": "doc",
                "content": [
            \(lines)
                ]
              }
            }

            """, to: name)
    }
}
