internal import Glibc
internal import TipinDocument
internal import TipinJSON

/// How much longer the work takes when there is twice as much of it: about 2 where it is linear.
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
        ]
    }

    /// Brings all entries up to date and adds one.
    private static func update(_ document: CollectedDocument) {
        guard let place = document.manifests.first else { fatalError("no manifest") }
        let entries = document.bytes.withUnsafeBufferPointer {
            Manifest.entries(of: UnsafeBufferPointer(rebasing: $0[place.value.range])) ?? []
        }
        let members = entries.map { AssetMembers(assetID: $0.key, sha256: $0.sha256, role: .attachment) }
        let new = AssetMembers(assetID: "new", sha256: entries[0].sha256, role: .attachment)
        let edits = ManifestUpdate(members + [new]).edits(in: document, at: place, style: document.layoutStyle)
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
