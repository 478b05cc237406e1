/// How fast documents are read, beside bare yajl, SHA-256 and a copy of the files.
struct DocumentTable {
    private let documents: BenchmarkFolder
    private let rounds: Int
    private let columns: [(name: String, speed: (Work) -> Double)]

    init(_ documents: BenchmarkFolder, rounds: Int) {
        self.documents = documents
        self.rounds = rounds
        let book = Measurement(
            folder: documents.folder, names: ["book/book.json"], bytes: documents.bookBytes, rounds: rounds)
        let chapters = Measurement(
            folder: documents.folder, names: documents.chapters, bytes: documents.chapterBytes, rounds: rounds)
        columns = [
            ("book, 1 core", { book.speed(of: $0, jobs: 1) }),
            ("chapters, 1 core", { chapters.speed(of: $0, jobs: 1) }),
            ("chapters, 2 cores", { chapters.speed(of: $0, jobs: 2) }),
        ]
    }

    func print() throws {
        Swift.print("MB/s, and the ratio to bare yajl on one core; fastest of \(rounds) rounds.")
        Swift.print(
            "book: \(documents.bookBytes / 1_000_000) MB; chapters: \(documents.chapters.count), "
                + "\(documents.chapterBytes / 1_000_000) MB.")
        Swift.print(Table.left("", 20) + columns.map { Table.right($0.name, 22) }.joined())
        var base: [Double] = []
        for work in Work.allCases {
            var line = Table.left(work.rawValue, 20)
            for (index, column) in columns.enumerated() {
                let speed = column.speed(work)
                if work == .yajl { base.append(index == 2 ? base[1] : speed) }
                line += Table.right("\(Int(speed))", 15) + Table.right(Table.ratio(speed / base[index]), 7)
            }
            Swift.print(line)
        }
    }
}
