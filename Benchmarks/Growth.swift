internal import Foundation
internal import Glibc
internal import TipinDocument
internal import TipinJSON

/// How much longer the work takes when there is twice as much of it: about 2 where it is linear (goal < 2.3).
enum Growth {
    static func table() throws -> [String] {
        let manifest = try [50_000, 100_000].map { count in
            try milliseconds {
                GeneratedCorpus.manifest(entries: count)
            } work: { bytes in
                update(try Work.collect(bytes))
            }
        }
        let mentions = try [500_000, 1_000_000].map { count in
            try milliseconds {
                GeneratedCorpus.pictures(count)
            } work: {
                Work.resolve(try Work.collect($0))
            }
        }
        return [
            row("100,000 manifest entries, one more", manifest), row("1,000,000 mentions, no change", mentions),
            try scan("one document of 80 MB", [40, 80]) { GeneratedCorpus.book(bytes: $0 * 1_000_000) },
            try scan("a text of 32 MB", [16, 32]) { GeneratedCorpus.text(bytes: $0 << 20, escaped: false) },
            try scan("a text of 32 MB full of escapes", [16, 32]) {
                GeneratedCorpus.text(bytes: $0 << 20, escaped: true)
            },
            try scan("a picture of 32 MB in an address", [16, 32]) { GeneratedCorpus.dataURLs(1, bytes: $0 * 750_000) },
            try scan("content of 32 MB in a string", [500, 1000]) { GeneratedCorpus.nested(chapters: $0, levels: 1) },
            try scan("500 levels, 2,000 times", [250, 500]) { GeneratedCorpus.deep(levels: $0, times: 2000) },
        ] + (try commands())
    }

    private static func scan(_ name: String, _ sizes: [Int], _ make: (Int) -> [UInt8]) throws -> String {
        row(
            name,
            try sizes.map { size in
                try milliseconds {
                    make(size)
                } work: {
                    _ = try Work.collect($0)
                }
            })
    }

    /// Whole commands, whose every part counts.
    private static func commands() throws -> [String] {
        let path = FileManager.default.temporaryDirectory.path + "/tipin-bench-growth-\(getpid())"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: path) }
        func times(_ sizes: [Int], _ make: (Int) -> [UInt8], _ arguments: (String) -> [String]) -> [Double] {
            sizes.map { size in
                let file = path + "/\(size).json"
                precondition(FileManager.default.createFile(atPath: file, contents: Data(make(size))))
                let best = Program.Cost.best(of: 3) {
                    try? FileManager.default.removeItem(atPath: path + "/data")
                    return Program.tipin.run(arguments(file), statuses: [0, 1, 3])
                }
                return best.cpu * 1000
            }
        }
        let data = ["--quiet", "--data-dir", path + "/data"]
        return [
            row(
                "scan of 200,000 mentions",
                times([100_000, 200_000], GeneratedCorpus.pictures) { ["scan"] + data + [$0] }),
            row(
                "check of 40,000 mentions",
                times([20_000, 40_000], GeneratedCorpus.pictures) { ["check", "--quiet", $0] }),
            row(
                "resolve of 2,000 pages, all in one file",
                times([1000, 2000]) {
                    GeneratedCorpus.book(bytes: $0 * 27_000)
                } _: {
                    ["resolve"] + data + [$0]
                }),
            row(
                "migrate of 2,000 inline pictures",
                times([1000, 2000]) {
                    GeneratedCorpus.inlinePictures($0, side: 16)
                } _: { file in
                    ["migrate", "--output", path + "/out"] + data + [file]
                }),
        ]
    }

    /// Brings all entries up to date and adds one.
    private static func update(_ document: CollectedDocument) {
        guard let place = document.manifests.first else { fatalError("no manifest") }
        let entries = document.bytes.withUnsafeBufferPointer {
            Manifest.entries(of: UnsafeBufferPointer(rebasing: $0[place.value.range])) ?? []
        }
        var update = ManifestUpdate(in: document, at: place, style: document.layoutStyle)
        for (key, digest) in entries.map({ ($0.key, $0.sha256) }) + [("new", entries[0].sha256)] {
            precondition(update.add(AssetMembers(assetID: key, sha256: digest, role: .attachment)))
        }
        let edits = update.edits()
        precondition(edits.count == 1, "only the new one should be written")
    }

    private static func milliseconds(_ make: () -> [UInt8], work: ([UInt8]) throws -> Void) rethrows -> Double {
        let bytes = make()
        var best = Double.infinity
        for _ in 0..<3 {
            let start = cpuMilliseconds()
            try work(bytes)
            best = min(best, cpuMilliseconds() - start)
        }
        return best
    }

    /// Of this thread: what else the machine does would drown the ratio.
    private static func cpuMilliseconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) * 1e3 + Double(time.tv_nsec) / 1e6
    }

    private static func row(_ name: String, _ times: [Double]) -> String {
        let ratio = Table.ratio(times[1] / times[0])
        return "\(Table.left(name, 38))\(Table.right("\(Int(times[1])) ms", 10))\(Table.right(ratio, 8))"
    }
}
