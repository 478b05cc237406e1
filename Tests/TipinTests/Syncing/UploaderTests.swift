import Synchronization
import Testing
import TipinAssets
import TipinFiles
import TipinSync

@testable import Tipin

/// Copies that are sent under a lease.
struct UploaderTests {
    /// A clock that a test sets, in milliseconds since 1970.
    private final class Time: Sendable {
        private let now = Mutex<Int64>(1_700_000_000_000)

        var clock: WallClock { WallClock { self.now.withLock { $0 } } }

        func advance(seconds: Int) { now.withLock { $0 += Int64(seconds) * 1000 } }
    }

    @Test func `a transfer has its lease for as long as it may take`() async throws {
        let book = try TestBook(hasRemote: false)
        let picture = Picture(1, comment: String(repeating: "x", count: 5_000_000))
        try await book.store([picture])
        let time = Time()
        let catalog = try Catalog(path: book.dataPath + "/catalog.sqlite", mode: .existing, clock: time.clock)
        let remote = StubRemote()
        let key = UploadKey(assetID: picture.id, bookID: "b1", remote: remote.name.rawValue)
        try catalog.write { try $0.enqueueUpload(assetID: key.assetID, bookID: key.bookID, remote: key.remote) }
        let isTakenOver = Mutex(false)
        remote.fail { _ in
            time.advance(seconds: TransferTime.limit(bytes: picture.bytes.count))
            let taken = try? catalog.write { try $0.takeLease(key, token: "another", seconds: 60) }
            isTakenOver.withLock { $0 = taken ?? true }
            return nil
        }
        let uploader = Uploader(
            catalog: catalog, blobs: BlobStore(try DataFolder(path: book.dataPath, creates: false)), remote: remote,
            positions: PositionRule(.stripGPS, catalog), concurrency: 1, pause: { _ in })
        let outcome = await uploader.upload([key])[key]
        guard case .uploaded = outcome else {
            Issue.record("\(String(describing: outcome))")
            return
        }
        #expect(!isTakenOver.withLock { $0 })
    }
}
