internal import Foundation

// `swift run -c release TipinBenchmarks [rounds] [row …]`: speed beside bare yajl, SHA-256 and a copy of the files.
let rounds = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 7
let wanted = CommandLine.arguments.dropFirst(2)
let rows = Work.allCases.filter { wanted.isEmpty || $0 == .yajl || wanted.contains("\($0)") }

let documents = try BenchmarkFolder()
let book = Measurement(folder: documents.folder, names: ["book.json"], bytes: documents.bookBytes, rounds: rounds)
let chapters = Measurement(
    folder: documents.folder, names: documents.chapters, bytes: documents.chapterBytes, rounds: rounds)
let columns: [(name: String, speed: (Work) -> Double)] = [
    ("book, 1 core", { book.speed(of: $0, jobs: 1) }), ("chapters, 1 core", { chapters.speed(of: $0, jobs: 1) }),
    ("chapters, 2 cores", { chapters.speed(of: $0, jobs: 2) }),
]

print("MB/s, and the ratio to bare yajl on one core; fastest of \(rounds) rounds.")
print("book: \(documents.bookBytes / 1_000_000) MB; chapters: 2000, \(documents.chapterBytes / 1_000_000) MB.")
print(Table.left("", 20) + columns.map { Table.right($0.name, 22) }.joined())
var base: [Double] = []
for work in rows {
    var line = Table.left(work.rawValue, 20)
    for (index, column) in columns.enumerated() {
        let speed = column.speed(work)
        if work == .yajl { base.append(index == 2 ? base[1] : speed) }
        line += Table.right("\(Int(speed))", 15) + Table.right(Table.ratio(speed / base[index]), 7)
    }
    print(line)
}
if wanted.isEmpty {
    print("\n" + Table.left("CPU time, and how much more for twice as much", 48) + "t(2n)/t(n)")
    for line in try Growth.table() { print(line) }
}
try documents.remove()
