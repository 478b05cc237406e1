import Tipin

extension TestBook {
    /// Documents of all kinds with pictures in all ways.
    static func mixed() throws -> TestBook {
        var book = try TestBook()
        book.settings.editorHasAssetID = true
        // Nothing here is about pictures, and a busy machine may keep their worker from answering in time.
        book.images = HeaderImages()
        try book.write(Picture(3), to: "pics/3.png")
        try book.write(#"{"id":"b1","coverImage":"$data1","gallery":["pics/3.png"]}"#, to: "book.json")
        try book.write(Chapter.text(#"{"src":"$data2"}"#), to: "chapters/c1.json")
        try book.write(#"{"type":"doc","content":[{"type":"image","attrs":{"src":"$data1"}}]}"#, to: "plain.json")
        try book.write(
            Chapter.text(#"{"src":"$data4"}"#, id: "n1") + Chapter.text(#"{"src":"$data2"}"#, id: "n2"),
            to: "lines.ndjson")
        try book.write(#"{"some":"thing"}"#, to: "foreign.json")
        return book
    }
}
