internal import Crypto
internal import Foundation
internal import TipinFiles

/// A rewrite of every picture in all chapters, beside its parts.
struct RewriteTable {
    let documents: BenchmarkFolder
    let rounds: Int

    func lines() throws -> [String] {
        let path = documents.path
        var best = Program.Cost(wall: .infinity, cpu: .infinity, memory: 0)
        for _ in 0..<rounds {
            try documents.writeNewChapters()
            sync()
            let cost = Program.tipin.run(
                [
                    "resolve", "--in-place", "--for", "portable", "--quiet", "--data-dir", documents.dataFolder,
                    path + "/new",
                ],
                statuses: [0, 1, 3])
            best = Program.Cost(
                wall: min(best.wall, cost.wall), cpu: min(best.cpu, cost.cpu), memory: max(best.memory, cost.memory))
        }
        let scan = Program.Cost.best(of: rounds) {
            Program.tipin.run(["scan", "--quiet", path + "/new"], statuses: [0, 1, 3])
        }
        let digests = try Program.Cost.best(of: rounds) {
            try Seconds.measure { try each { _ = SHA256.hash(data: $0) } }
        }
        let copy = try Program.Cost.best(of: rounds) { try copied(durably: false) }
        let durable = try Program.Cost.best(of: rounds) { try copied(durably: true) }
        let allowed = 2 * scan.cpu + digests.cpu + copy.cpu
        func shown(_ value: Double) -> String { Table.ratio(value) }
        return [
            "rewrite of every picture in 2,000 chapters: "
                + "\(shown(best.cpu)) s CPU, \(shown(best.wall)) s wall, \(best.memory >> 20) MiB",
            "  scan \(shown(scan.cpu)), digests \(shown(digests.cpu)), copy \(shown(copy.cpu)) s CPU: "
                + "of 2 × scan + digests + copy the rewrite takes \(shown(best.cpu / allowed)) (goal ≤ 1.20)",
            "  write, fsync and rename of the same files: \(shown(durable.wall)) s wall, "
                + "of which the rewrite takes \(shown(best.wall / durable.wall)) (goal ≤ 1.30)",
        ]
    }

    private func each(_ body: ([UInt8]) throws -> Void) throws {
        for name in documents.chapters { try body(try documents.folder.openFile(name).readAll(limit: 1 << 30)) }
    }

    private func copied(durably: Bool) throws -> Program.Cost {
        let folder = documents.folder
        sync()
        return try Seconds.measure {
            for (index, name) in documents.chapters.enumerated() {
                let bytes = try folder.openFile(name).readAll(limit: 1 << 30)
                let target = "copies/\(index).json"
                let temporary = target + ".new"
                let file = try folder.createFile(temporary, mode: 0o600)
                try file.write(bytes)
                if durably { try file.sync() }
                try folder.rename(temporary, replacing: target)
            }
        }
    }
}
