internal import Crypto
internal import Foundation
internal import TipinAssets
internal import TipinFiles

/// Importing beside the least that keeps bytes safe: a digest, a copy and an fsync for each.
struct ImportTable {
    let rounds: Int
    private static let count = 1000
    /// 200 KB of noise.
    private static let side = 256

    func lines() async throws -> [String] {
        let path = FileManager.default.temporaryDirectory.path + "/tipin-bench-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: path) }
        let folder = try Folder(opening: path)
        let names = try (0..<Self.count).map { number in
            try folder.createFile("\(number).png", mode: 0o600).write(NoisePicture.png(UInt64(number), side: Self.side))
            return "\(number).png"
        }
        let book = GeneratedCorpus.inlinePictures(Self.count, side: Self.side)
        try folder.createFile("book.json", mode: 0o600).write(book)
        let files = names.map { path + "/" + $0 }
        // Each round in folders of its own: a file system may be slow to make files where many have just been removed.
        var round = 0
        let base = try Program.Cost.best(of: rounds) {
            round += 1
            return try copied(names, folder, to: "copies\(round)")
        }
        let probing = try await probed(names, folder)
        let add = ["assets", "add", "--book", "b", "--entity", "book:b", "--role", "gallery", "--quiet"]
        return try table("files of 200 KB", path, base, probing) { add + ["--data-dir", $0] + files }
            + table("inline pictures", path, base, probing) {
                ["migrate", path + "/book.json", "--output", $0 + "-out", "--quiet", "--data-dir", $0]
            }
    }

    private func copied(_ names: [String], _ folder: Folder, to copies: String) throws -> Program.Cost {
        try folder.createFolders(copies, mode: 0o700)
        sync()
        return try Seconds.measure {
            for name in names {
                let bytes = try folder.openFile(name).readAll(limit: 1 << 30)
                _ = SHA256.hash(data: bytes)
                let file = try folder.createFile("\(copies)/" + name, mode: 0o600)
                try file.write(bytes)
                try file.sync()
            }
        }
    }

    /// The wall time, in seconds, in which the image worker decodes all pictures, two at a time.
    private func probed(_ names: [String], _ folder: Folder) async throws -> Double {
        let worker = ImageWorker(path: Program.tipin.path + "-image")
        let pictures = try names.map { try folder.openFile($0).readAll(limit: 1 << 30) }
        var best = Double.infinity
        for _ in 0..<rounds {
            let start = ContinuousClock.now
            try await withThrowingTaskGroup(of: Void.self) { group in
                for half in 0..<2 {
                    group.addTask {
                        for number in pictures.indices where number % 2 == half {
                            _ = try await ImportLimits().probe(pictures[number], with: worker)
                        }
                    }
                }
                try await group.waitForAll()
            }
            best = min(best, Seconds.since(start))
        }
        return best
    }

    /// - Parameter arguments: gets a data folder.
    private func table(
        _ name: String, _ path: String, _ base: Program.Cost, _ probing: Double,
        _ arguments: (String) -> [String]
    ) throws -> [String] {
        var data = ""
        var first = Program.Cost(wall: .infinity, cpu: .infinity, memory: 0)
        for round in 0..<rounds {
            data = path + "/data \(name) \(round)"
            sync()
            let cost = Program.tipin.run(arguments(data), statuses: [0, 1, 3])
            if cost.wall < first.wall { first = cost }
        }
        let again = Program.Cost.best(of: rounds) { Program.tipin.run(arguments(data), statuses: [0, 1, 3]) }
        func shown(_ value: Double) -> String { Table.ratio(value) }
        return [
            "import of \(Self.count) \(name): \(shown(first.wall)) s; digest, copy and fsync: \(shown(base.wall)) s; "
                + "ratio \(shown(base.wall / first.wall)) (goal ≥ 0.50)",
            "  decoding the pictures alone, two at a time: \(shown(probing)) s; the ratio without it: "
                + shown(base.wall / (first.wall - probing)),
            "  CPU \(shown(first.cpu)) s, \(first.memory >> 20) MiB; a second time \(shown(again.wall)) s, "
                + "\(shown(first.wall / again.wall)) × as fast (goal ≥ 5)",
        ]
    }
}
