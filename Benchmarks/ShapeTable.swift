internal import TipinDocument
internal import TipinFiles

/// Reading documents of other shapes, beside bare yajl on the same bytes.
struct ShapeTable {
    private let folder: Folder
    private let rounds: Int

    init(_ folder: Folder, rounds: Int) {
        self.folder = folder
        self.rounds = rounds
    }

    func print() throws {
        Swift.print(
            "\n" + Table.left("other shapes, 1 core", 34) + Table.right("MB", 6) + Table.right("scan × yajl", 14))
        for (name, bytes) in [
            ("content in a string", GeneratedCorpus.nested(chapters: 1000, levels: 1)),
            ("content in a string in a string", GeneratedCorpus.nested(chapters: 300, levels: 2)),
            ("pictures as data URLs", GeneratedCorpus.dataURLs(100, bytes: 400_000)),
        ] {
            let file = "shapes/\(name).json"
            try? folder.removeFile(file)
            try folder.createFile(file, mode: 0o600).write(bytes)
            let measurement = Measurement(folder: folder, names: [file], bytes: bytes.count, rounds: rounds)
            let ratio = measurement.speed(of: .scan, jobs: 1) / measurement.speed(of: .yajl, jobs: 1)
            Swift.print(
                Table.left(name, 34) + Table.right("\(bytes.count / 1_000_000)", 6)
                    + Table.right(Table.ratio(ratio), 14))
        }
        try printLines()
    }

    /// Line by line, as a pipe brings them.
    private func printLines() throws {
        let lines = (0..<2000).map { GeneratedCorpus.chapter($0, bytes: 27_000) }
        let bytes = lines.reduce(0) { $0 + $1.count }
        let yajl = Program.Cost.best(of: rounds) { Seconds.measure { for line in lines { BareYajl.parse(line) } } }
        let scan = try Program.Cost.best(of: rounds) {
            try Seconds.measure { for line in lines { _ = try Work.collect(line) } }
        }
        Swift.print(
            Table.left("lines of 27 KB (NDJSON)", 34) + Table.right("\(bytes / 1_000_000)", 6)
                + Table.right(Table.ratio(yajl.cpu / scan.cpu), 14))
    }
}
