internal import Foundation

/// How long it takes until `tipin` has done next to nothing.
struct StartTable {
    let rounds: Int

    func lines() -> [String] {
        let path = FileManager.default.temporaryDirectory.path + "/tipin-start-\(UUID().uuidString).json"
        let text =
            #"{"id":"c","bookId":"b","content":{"type":"doc","content":[{"type":"image","attrs":{"src":"a.png"}}]}}"#
        precondition(FileManager.default.createFile(atPath: path, contents: Data(text.utf8)))
        defer { try? FileManager.default.removeItem(atPath: path) }
        return [["--version"], ["scan", path]].map { arguments in
            let best = Program.Cost.best(of: max(rounds, 20)) { Program.tipin.run(arguments) }
            let milliseconds = Table.ratio(best.wall * 1000)
            return "start-up: tipin \(arguments[0]): \(milliseconds) ms (goal ≤ 15), \(best.memory >> 20) MiB"
        }
    }
}
