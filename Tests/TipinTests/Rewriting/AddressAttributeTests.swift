import Testing
import Tipin
import TipinDiagnostics

/// The attribute of a node that an app reads its address from keeps its place, whichever it is.
struct AddressAttributeTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String { "\(type).\(name)" }
        let type: String
        let name: String
        /// What stands once the address is gone.
        let gone: String
    }

    static let cases = [
        Case(type: "image", name: "url", gone: #""url":null,"#),
        Case(type: "image", name: "image", gone: #""image":null,"#),
        Case(type: "imageBlock", name: "path", gone: #""path":null,"#),
        Case(type: "figure", name: "image", gone: #""image":null,"#),
        Case(type: "file", name: "src", gone: #""src":null,"#),
        // Where the first one goes, a new one is written to it anyway.
        Case(type: "image", name: "src", gone: ""), Case(type: "media", name: "url", gone: ""),
    ]

    private func text(_ row: Case, _ members: String) -> String {
        #"[{"type":"\#(row.type)","props":{\#(members)},"children":[]}]"# + "\n"
    }

    @Test(arguments: cases) func `an address that goes leaves its place to the one that comes`(
        _ row: Case
    ) async throws {
        var book = try TestBook()
        book.settings.books = ["b1"]
        book.settings.editorHasAssetID = true
        try book.write(text(row, #""\#(row.name)":"$data1","alt":"A""#))
        let gone = book.expanded(text(row, #"\#(row.gone)"alt":"A","assetId":"$id1""#))
        try await expectGone(book, gone)
        #expect(try await book.run(.publish).codes.isEmpty)
        let place = row.gone.isEmpty ? #""alt":"A","assetId":"$id1","\#(row.name)":"$url1""# : ""
        let expected = place.isEmpty ? #""\#(row.name)":"$url1","alt":"A","assetId":"$id1""# : place
        #expect(try book.read() == book.expanded(text(row, expected)))
        #expect(try await book.run(.publish).changedDocuments == 0)
    }

    @Test(arguments: ["url", "image"]) func `an address that goes is not found in the one that says null`(
        _ other: String
    ) async throws {
        var book = try TestBook()
        book.settings.books = ["b1"]
        book.settings.editorHasAssetID = true
        let row = Case(type: "image", name: "src", gone: "")
        try book.write(text(row, #""src":"$data1","alt":"A","\#(other)":null"#))
        let gone = book.expanded(text(row, #""src":null,"alt":"A","\#(other)":null,"assetId":"$id1""#))
        try await expectGone(book, gone)
        #expect(try await book.run(.publish).codes.isEmpty)
        let published = #""src":"$url1","alt":"A","\#(other)":null,"assetId":"$id1""#
        #expect(try book.read() == book.expanded(text(row, published)))
    }

    /// Which of two empty attributes the app reads nobody could tell.
    @Test(arguments: ["null", #""""#, #"" ""#], ["image", "figure", "divider"])
    func `an address beside an empty attribute keeps its place until the remote's is there`(
        _ empty: String, _ type: String
    ) async throws {
        var book = try TestBook()
        book.settings.books = ["b1"]
        book.settings.editorHasAssetID = true
        let row = Case(type: type, name: "url", gone: "")
        func members(_ address: String, _ more: String = "") -> String {
            book.expanded(text(row, #""src":\#(empty),"url":"\#(address)","alt":"A"\#(more)"#))
        }
        try book.write(members("$data1"))
        #expect(try await book.scan().map(\.form) == [.dataURL])
        for changed in [1, 0] {
            let report = try await book.run(.migrate)
            #expect(report.changedDocuments == changed)
            #expect(report.codes == ["data-url-inline"])
            #expect(report.errorCount == 0)
            #expect(try book.read() == members("$data1", #","assetId":"$id1""#))
        }
        #expect(try await book.undo().codes.isEmpty)
        #expect(try book.read() == members("$data1"))
        for isMigrated in [true, false] {
            try book.write(members("$data1"))
            if isMigrated { try await book.run(.migrate) }
            #expect(try await book.run(.publish).codes.isEmpty)
            #expect(try book.read() == members("$url1", #","assetId":"$id1""#))
            #expect(try await book.run(.publish).changedDocuments == 0)
            #expect(try await book.run(.migrate).changedDocuments == 0)
        }
    }

    /// For each of a type's attributes as the one with the address: all that may stand in the others.
    private static func nodes(_ type: String, _ names: [String]) -> [(attributes: String, address: String)] {
        names.flatMap { address in
            var nodes = [""]
            for name in names {
                let values = name == address ? [#""$data1""#] : [nil, "null", #""""#, #"" \n""#]
                nodes = nodes.flatMap { node in
                    values.map { value in value.map { node + #""\#(name)":\#($0),"# } ?? node }
                }
            }
            return nodes.map { ($0, address) }
        }
    }

    @Test(arguments: [
        ("image", ["src", "url", "image"]), ("imageBlock", ["src", "url", "path"]), ("media", ["url", "src"]),
        ("file", ["url", "src", "href"]),
    ])
    func `the remote's address comes where the document's was, whatever is empty beside it`(
        _ type: String, _ names: [String]
    ) async throws {
        var book = try TestBook()
        book.settings.books = ["b1"]
        let nodes = Self.nodes(type, names)
        func text(_ change: (String) -> String) -> String {
            let nodes = nodes.map { #"{"type":"\#(type)","attrs":{\#(change($0.attributes))"alt":"A"}}"# }
            return #"{"type":"doc","content":[\#(nodes.joined(separator: ",\n"))]}"#
        }
        for isMigrated in [true, false] {
            try book.write(text { $0 })
            if isMigrated {
                for changed in [1, 0] { #expect(try await book.run(.migrate).changedDocuments == changed) }
            }
            #expect(try await book.run(.publish).codes.isEmpty)
            let published = try book.read().split(separator: "\n")
            #expect(published.count == nodes.count)
            for (node, published) in zip(nodes, published) {
                let place = book.expanded(#""\#(node.address)":"$url1""#)
                #expect(published.contains(place), "\(node.attributes)")
                #expect(published.split(separator: book.expanded("$url1")).count == 2, "\(node.attributes)")
            }
            for command in [TestBook.Command.publish, .migrate] {
                #expect(try await book.run(command).changedDocuments == 0)
            }
        }
    }

    @Test func `where all attributes are empty the first counts, which an editor shows`() async throws {
        let book = try TestBook()
        for attributes in [#""src":"","url":"""#, #""src":"","url":null"#, #""src":"""#] {
            try book.write(Chapter.text("{\(attributes)}"))
            #expect(try await book.scan().map(\.place.pointer) == ["/content/content/0/attrs/src"])
        }
    }

    /// Migrates a document twice, undoes both and migrates it again: it is `gone`, or what it was.
    private func expectGone(_ book: TestBook, _ gone: String) async throws {
        let before = try book.read()
        for changed in [1, 0] {
            #expect(try await book.run(.migrate).changedDocuments == changed)
            #expect(try book.read() == gone)
        }
        #expect(try await book.undo().codes.isEmpty)
        #expect(try book.read() == before)
        try await book.run(.migrate)
    }
}
