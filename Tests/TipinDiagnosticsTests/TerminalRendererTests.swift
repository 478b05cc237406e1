import Testing

@testable import TipinDiagnostics

struct TerminalRendererTests {
    private let plain = TerminalRenderer(isColored: false)

    @Test func `shows the place, the source around it, notes and help`() {
        #expect(
            plain.render([missingFile]) == """
                error[asset-missing]: image file does not exist
                  --> chapters/03.json:41:16   /content/3/attrs/src
                   |
                41 |         "src": "./media/hero.png",
                   |                ^^^^^^^^^^^^^^^^^^
                   = note: looked for 'chapters/media/hero.png'
                   = help: put the file there, or give --media-root


                """)
    }

    @Test func `says without a place what concerns the whole run`() {
        let problem = Problem(
            .noRemote, "no remote is configured", notes: ["a fact"], help: ["give --remote", "or not"])
        #expect(
            plain.render([Diagnostic(problem)]) == """
                error[no-remote]: no remote is configured
                  = note: a fact
                  = help: give --remote
                  = help: or not


                """)
    }

    @Test func `shows a file without a line, and a line without its source`() {
        let problem = Problem(.documentEmpty, "document is empty")
        let places = [
            Place(file: "a.json"), Place(file: "b.ndjson", line: 120), Place(file: "c.json", line: 7, column: 2),
        ]
        #expect(
            plain.render(places.map { Diagnostic(problem, at: $0) }) == """
                error[document-empty]: document is empty
                 --> a.json

                error[document-empty]: document is empty
                   --> b.ndjson:120

                error[document-empty]: document is empty
                 --> c.json:7:2


                """)
    }

    @Test func `counts those that say the same after the first three`() {
        let alike = (1...5).map { Diagnostic(legacy, at: Place(file: "\($0).json")) }
        let other = Diagnostic(Problem(.documentEmpty, "document is empty"), at: Place(file: "4.json"))
        #expect(
            plain.render(alike + [other]) == """
                warning[legacy-url]: image is a legacy address
                 --> 1.json

                warning[legacy-url]: image is a legacy address
                 --> 2.json

                warning[legacy-url]: image is a legacy address
                 --> 3.json

                  … and 2 more like this

                error[document-empty]: document is empty
                 --> 4.json


                """)
    }

    @Test func `shows all of four, since a count would take as much room`() {
        let alike = (1...4).map { Diagnostic(legacy, at: Place(file: "\($0).json")) }
        #expect(
            plain.render(alike) == """
                warning[legacy-url]: image is a legacy address
                 --> 1.json

                warning[legacy-url]: image is a legacy address
                 --> 2.json

                warning[legacy-url]: image is a legacy address
                 --> 3.json

                warning[legacy-url]: image is a legacy address
                 --> 4.json


                """)
    }

    @Test func `groups apart what differs in severity or headline`() {
        var diagnostics = (1...3).map { Diagnostic(legacy, at: Place(file: "\($0).json")) }
        diagnostics += (4...6).map { Diagnostic(legacy, at: Place(file: "\($0).json"), severity: .error) }
        diagnostics.append(Diagnostic(Problem(.legacyURL, "another"), at: Place(file: "7.json")))
        let output = plain.render(diagnostics)
        #expect(!output.contains("more like this"))
        #expect(output.split(separator: "\n").count { $0.contains("-->") } == 7)
    }

    @Test func `orders by file, offset, severity and code, whatever came first`() {
        let sorted = [
            Diagnostic(Problem(.noRemote, "of the run")),
            Diagnostic(Problem(.usage, "of file a"), at: Place(file: "a.json")),
            Diagnostic(Problem(.notJSON, "at 9"), at: Place(file: "a.json", offset: 9)),
            Diagnostic(Problem(.addressDead, "at 10, error"), at: Place(file: "a.json", offset: 10)),
            Diagnostic(Problem(.assetGone, "at 10, later code"), at: Place(file: "a.json", offset: 10)),
            Diagnostic(Problem(.legacyURL, "at 10, warning"), at: Place(file: "a.json", offset: 10)),
            Diagnostic(Problem(.addressDead, "in b"), at: Place(file: "b.json", offset: 0)),
        ]
        let output = plain.render(sorted)
        let headlines = output.split(separator: "\n").compactMap { $0.split(separator: "]: ").dropFirst().first }
        #expect(headlines.map(String.init) == sorted.map(\.problem.headline))
        #expect(plain.render(sorted.reversed()) == output)
    }

    @Test func `colours the severity and dims the frame when asked`() {
        #expect(
            TerminalRenderer(isColored: true).render([missingFile]) == """
                \u{1B}[1;31merror[asset-missing]\u{1B}[0m: \u{1B}[1mimage file does not exist\u{1B}[0m
                  \u{1B}[2m-->\u{1B}[0m chapters/03.json:41:16   /content/3/attrs/src
                   \u{1B}[2m|\u{1B}[0m
                \u{1B}[2m41\u{1B}[0m \u{1B}[2m|\u{1B}[0m         "src": "./media/hero.png",
                   \u{1B}[2m|\u{1B}[0m                \u{1B}[1;31m^^^^^^^^^^^^^^^^^^\u{1B}[0m
                   \u{1B}[2m=\u{1B}[0m note: looked for 'chapters/media/hero.png'
                   \u{1B}[2m=\u{1B}[0m help: put the file there, or give --media-root


                """)
    }

    @Test(arguments: [(Severity.error, "1;31"), (.warning, "1;33"), (.note, "1;36")])
    func `gives each severity a colour of its own`(_ severity: Severity, _ code: String) {
        let output = TerminalRenderer(isColored: true).render([Diagnostic(legacy, severity: severity)])
        #expect(output.hasPrefix("\u{1B}[\(code)m\(severity.rawValue)[legacy-url]\u{1B}[0m: "))
    }

    @Test func `makes control characters printable wherever they stand`() {
        let problem = Problem(
            .assetUnknown, "asset '\u{1B}[2J' is not known", notes: ["line\nbreak"],
            help: ["bell \u{7}, turned \u{202E}"])
        let place = Place(file: "a\u{1B}]0;x\u{7}.json", line: 1, pointer: "/a\rb")
        #expect(
            plain.render([Diagnostic(problem, at: place)]) == """
                error[asset-unknown]: asset '\\u{1b}[2J' is not known
                 --> a\\u{1b}]0;x\\u{7}.json:1   /a\\u{d}b
                  = note: line\\u{a}break
                  = help: bell \\u{7}, turned \\u{202e}


                """)
    }

    @Test func `says nothing where there is nothing to say`() {
        #expect(plain.render([]).isEmpty)
    }

    // MARK: Samples

    private let legacy = Problem(.legacyURL, "image is a legacy address")

    private let missingFile = Diagnostic(
        Problem(
            .assetMissing, "image file does not exist", notes: ["looked for 'chapters/media/hero.png'"],
            help: ["put the file there, or give --media-root"]),
        at: Place(
            file: "chapters/03.json", line: 41, column: 16, pointer: "/content/3/attrs/src",
            excerpt: Excerpt(text: #"        "src": "./media/hero.png","#, indent: 15, width: 18)))

    @Test func `a pointer that fills screens is cut in the middle`() {
        let pointer = String(repeating: "/content/0", count: 1000)
        let place = Place(file: "a.json", line: 1, column: 2, pointer: pointer)
        let text = TerminalRenderer(isColored: false).render(Diagnostic(Problem(.assetMissing, "gone"), at: place))
        let line = text.split(separator: "\n")[1]
        let shown = String(line.drop { $0 != "/" })
        #expect(shown.count == 100)
        #expect(shown.hasPrefix("/content/0/content/0"))
        #expect(shown.hasSuffix("/content/0/content/0"))
        #expect(shown.contains("…"))
    }
}
