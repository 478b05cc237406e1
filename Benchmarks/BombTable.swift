internal import TipinAssets
internal import TipinTestPictures

/// Pictures whose headers promise too much: they are refused before any decoder sees them.
struct BombTable {
    let rounds: Int

    func lines() async throws -> [String] {
        // It would fail if it were asked.
        let nobody = ImageWorker(path: "/nowhere/tipin-image")
        let bombs = HeaderBombs.all()
        var slowest = (milliseconds: 0.0, name: "")
        for bomb in bombs {
            var best = Double.infinity
            for _ in 0..<rounds {
                let start = ContinuousClock.now
                let isRefused = await Self.isRefused(bomb, by: nobody)
                best = min(best, Seconds.since(start) * 1000)
                precondition(isRefused, "\(bomb) was not refused by its header")
            }
            if best > slowest.milliseconds { slowest = (best, bomb.name) }
        }
        return [
            "\(bombs.count) bombs refused by their headers; the slowest, '\(slowest.name)', in "
                + "\(Table.ratio(slowest.milliseconds)) ms (goal < 50)"
        ]
    }

    private static func isRefused(_ bomb: BadPicture, by images: ImageWorker) async -> Bool {
        do {
            _ = try await ImportLimits().probe(bomb.bytes, with: images)
            return false
        } catch ImageError.tooLarge {
            return true
        } catch {
            return false
        }
    }
}
