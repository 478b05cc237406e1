import Testing
import TipinDiagnostics
import TipinTestSupport

@testable import Tipin

/// What is said of values that are no mentions': pictures in HTML, and members `fileRefs` that are no manifests.
struct DocumentFindingsTests {
    private static func loaded(_ text: String, name: String = "book.json") throws -> LoadedFile {
        let file = DocumentFile(label: name, path: "/" + name, relativePath: name, root: "/", isNamed: true)
        var loaded = LoadedFile(file: file, bytes: Array(text.utf8))
        loaded.documents = Collect(Settings()).documents(in: loaded.bytes, of: file)
        return loaded
    }

    private static func diagnostics(_ file: LoadedFile) -> [Diagnostic] {
        file.documents.flatMap { document in
            HTMLContents.diagnostics(in: document, of: file, .warning)
                + ForeignManifests.diagnostics(in: document, of: file)
        }
    }

    private static func html(_ number: Int) -> String {
        #"{"id":"c\#(number)","content":"<p>é<img src='\#(number).png'></p>"}"#
    }

    private static func foreign(_ number: Int) -> String {
        #"{"id":"f\#(number)","content":{"type":"doc"},"fileRefs":[]}"#
    }

    @Test func `each stands at its own line and column`() throws {
        let chapters = ((1...3).map(Self.html) + (4...6).map(Self.foreign)).joined(separator: ",\n")
        let diagnostics = Self.diagnostics(try Self.loaded(#"{"id":"b1","chapters":["# + "\n" + chapters + "\n]}"))
        let places = diagnostics.map { [$0.place?.line ?? 0, $0.place?.column ?? 0] }
        #expect(places == [[2, 37], [3, 37], [4, 37], [5, 48], [6, 48], [7, 48]])
        #expect(
            diagnostics.map(\.place?.pointer) == [
                "/chapters/0/content", "/chapters/1/content", "/chapters/2/content", "/chapters/3/fileRefs",
                "/chapters/4/fileRefs", "/chapters/5/fileRefs",
            ])
        #expect(diagnostics[1].place?.excerpt?.text.contains("2.png") == true)
    }

    @Test func `in NDJSON lines are those of the file`() throws {
        let lines = [Self.html(1), Self.foreign(2), Self.html(3)].map { $0 + "\n" }.joined()
        let diagnostics = Self.diagnostics(try Self.loaded(lines, name: "lines.ndjson"))
        #expect(diagnostics.map(\.place?.line) == [1, 2, 3])
    }

    @Test func `thousands take as long as one pass over the text`() throws {
        let padding = #"{"id":"n","note":"\#(String(repeating: "a long sentence ", count: 100))"}"#
        let chapters = (0..<2500).flatMap { [padding, Self.html($0), Self.foreign($0)] }
        let file = try Self.loaded(#"{"id":"b1","chapters":[\#(chapters.joined(separator: ",\n"))]}"#)
        var count = 0
        let time = processorTime { count = Self.diagnostics(file).count }
        #expect(count == 5000)
        // From the start again for each they would be ten thousand million bytes.
        #expect(time < .seconds(8), "\(time)")
    }
}
