import Testing
import TipinAssets
import TipinDiagnostics
import TipinTestSupport

struct StreamImportTests {
    /// Gives pieces and remembers how many were asked for.
    private struct Pieces: AsyncSequence {
        let pieces: [[UInt8]]
        let asked: Counter

        struct Iterator: AsyncIteratorProtocol {
            var rest: ArraySlice<[UInt8]>
            let asked: Counter

            mutating func next() async throws -> [UInt8]? {
                asked.add()
                return rest.popFirst()
            }
        }

        func makeAsyncIterator() -> Iterator { Iterator(rest: pieces[...], asked: asked) }
    }

    private let bytes = Pictures.png("a picture that comes in pieces")

    private func shop(limit: Int = 1000) throws -> Workshop {
        var limits = ImportLimits()
        limits.maxBytes = limit
        return try Workshop(limits: limits)
    }

    @Test(arguments: [1, 7, 1000], [true, false])
    func `a stream is the same asset as its bytes`(length: Int, isAnnounced: Bool) async throws {
        let shop = try shop()
        let pieces = stride(from: 0, to: bytes.count, by: length).map { start in
            Array(bytes[start..<min(start + length, bytes.count)])
        }
        let prepared = try await shop.importer.prepare(
            stream: Pieces(pieces: pieces, asked: Counter()), size: isAnnounced ? bytes.count : nil, book: "b1")
        let asset = try shop.importer.commit([prepared], remote: nil)[0].asset
        #expect(asset.sha256 == SHA256Digest(of: bytes))
        #expect(prepared.sourceSHA256 == SHA256Digest(of: bytes))
        #expect(try await shop.add(bytes).wasKnown)
    }

    @Test func `too many announced bytes are refused before one is read`() async throws {
        let shop = try shop(limit: bytes.count - 1)
        let asked = Counter()
        let error = await #expect(throws: ImportError.self) {
            try await shop.importer.prepare(
                stream: Pieces(pieces: [bytes], asked: asked), size: bytes.count, book: "b1")
        }
        #expect(error == .tooLarge(size: bytes.count, limit: bytes.count - 1))
        #expect(asked.count == 0)
    }

    @Test func `a stream without an end is refused at the limit`() async throws {
        let shop = try shop(limit: 100)
        let asked = Counter()
        let endless = Pieces(pieces: [[UInt8]](repeating: bytes, count: 1000), asked: asked)
        let error = await #expect(throws: ImportError.self) {
            try await shop.importer.prepare(stream: endless, size: nil, book: "b1")
        }
        #expect(error == .tooLarge(size: nil, limit: 100))
        #expect(asked.count == 100 / bytes.count + 1)
        #expect(shop.images.calls == 0)
        #expect(try shop.temporaries() == [])
    }

    @Test(arguments: [-1, 1]) func `a stream of another length than announced is cut short`(more: Int) async throws {
        let shop = try shop()
        let size = bytes.count + more
        let error = await #expect(throws: ImportError.self) {
            try await shop.importer.prepare(
                stream: Pieces(pieces: [bytes], asked: Counter()), size: size, book: "b1")
        }
        #expect(error == .cutShort(expected: size, found: bytes.count))
        #expect(error?.problem.isTransient == true)
        #expect(try shop.catalog.read { try $0.assets() }.isEmpty)
    }

    @Test func `bytes that were stripped once are known as they were found`() async throws {
        let shop = try shop()
        let found = Pictures.positioned("x")
        let first = try await shop.add(found)
        #expect(first.asset.sha256 != SHA256Digest(of: found))
        let pieces = Pieces(pieces: [found], asked: Counter())
        let again = try await shop.importer.prepare(stream: pieces, size: nil, book: "b1")
        #expect(again.sha256 == first.asset.sha256)
        #expect(shop.images.calls == 1)
    }

    @Test func `the same bytes are worked on once, however many bring them before the first is committed`() async throws
    {
        let shop = try shop()
        let found = Pictures.positioned("x")
        let prepared = try await withThrowingTaskGroup(of: PreparedAsset.self) { group in
            for number in 0..<16 {
                group.addTask { try await shop.importer.prepare(found, book: "b\(number % 3)") }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(shop.images.calls == 1)
        let imported = try shop.importer.commit(prepared, remote: nil)
        #expect(Set(imported.map(\.asset.id)).count == 1)
        let asset = try #require(imported.first?.asset)
        #expect(asset.size == shop.store.facts(of: asset.sha256)?.size)
        #expect(try shop.catalog.read { try Set($0.books(of: asset.id)) } == ["b0", "b1", "b2"])
        #expect(try shop.catalog.read { try $0.sourceDigests(of: asset.id) } == [SHA256Digest(of: found)])
    }
}
