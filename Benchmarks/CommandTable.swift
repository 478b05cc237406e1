internal import Glibc
internal import TipinFiles

/// What whole commands cost beside what nothing can do without: reading, tokenizing, digests and a copy.
struct CommandTable {
    let documents: BenchmarkFolder
    let rounds: Int
    private let path: String

    init(_ documents: BenchmarkFolder, rounds: Int) {
        self.documents = documents
        self.rounds = rounds
        path = documents.path
    }

    private struct Row {
        var name: String
        var paths: String
        var bytes: Int
        var arguments: [String]
        var jobs: Int
    }

    /// Lines of text.
    func lines() throws -> [String] {
        var lines = [
            Table.left("whole commands", 34) + Table.right("CPU s", 8) + Table.right("× yajl", 8)
                + Table.right("wall s", 8) + Table.right("× yajl", 8) + Table.right("MiB", 6) + Table.right("goal", 6)
        ]
        for (paths, bytes, jobs) in [
            ("book", documents.bookBytes, 1), ("chapters", documents.chapterBytes, 1),
            ("chapters", documents.chapterBytes, 2),
        ] {
            let base = yajl(paths)
            for (name, arguments) in [
                ("scan", ["scan"]), ("check", ["check", "--data-dir", documents.dataFolder]),
                ("resolve", ["resolve", "--for", "portable", "--data-dir", documents.dataFolder]),
            ] {
                let row = Row(name: name, paths: paths, bytes: bytes, arguments: arguments, jobs: jobs)
                lines.append(line(row, base))
            }
            if jobs == 1, let node = node(paths) { lines.append(line("Node, \(paths)", node, base)) }
        }
        return lines
    }

    private func line(_ row: Row, _ base: Program.Cost) -> String {
        let cost = Program.Cost.best(of: rounds) {
            Program.tipin.run(
                row.arguments + ["--jobs", "\(row.jobs)", "--quiet", path + "/" + row.paths], statuses: [0, 1, 3])
        }
        return line("\(row.name), \(row.paths), \(row.jobs) at a time", cost, base)
            + Table.right("\(memoryGoal(row))", 6)
    }

    private func line(_ name: String, _ cost: Program.Cost, _ base: Program.Cost) -> String {
        Table.left(name, 34) + Table.right(Table.ratio(cost.cpu), 8) + Table.right(Table.ratio(base.cpu / cost.cpu), 8)
            + Table.right(Table.ratio(cost.wall), 8) + Table.right(Table.ratio(base.cpu / cost.wall), 8)
            + Table.right("\(cost.memory >> 20)", 6)
    }

    /// A document for each job, and 64 MiB.
    private func memoryGoal(_ row: Row) -> Int {
        let document = row.paths == "book" ? documents.bookBytes : documents.chapterBytes / documents.chapters.count
        return (document * row.jobs) >> 20 + 64
    }

    /// Reading and tokenizing alone, in this process.
    private func yajl(_ paths: String) -> Program.Cost {
        let names = paths == "book" ? ["book/book.json"] : documents.chapters
        return Program.Cost.best(of: rounds + 1) {
            Seconds.measure {
                for name in names {
                    do { try Work.yajl.perform(on: name, in: documents.folder) } catch { fatalError("\(error)") }
                }
            }
        }
    }

    private func node(_ paths: String) -> Program.Cost? {
        guard let node = Program.node else { return nil }
        return Program.Cost.best(of: min(rounds, 3)) { node.run(["-e", Self.script, path + "/" + paths]) }
    }

    /// What an importer in JavaScript would do at the least.
    private static let script = """
        const fs = require('fs'), path = require('path'); let images = 0, bytes = 0;
        function walk(value) {
          if (value === null || typeof value !== 'object') return;
          if (Array.isArray(value)) { for (const item of value) walk(item); return; }
          if (value.type === 'image') images++;
          for (const key in value) walk(value[key]);
        }
        const folder = process.argv[1];
        for (const name of fs.readdirSync(folder)) {
          const value = JSON.parse(fs.readFileSync(path.join(folder, name), 'utf8'));
          walk(value); bytes += JSON.stringify(value).length;
        }
        console.log(images, bytes);
        """
}
