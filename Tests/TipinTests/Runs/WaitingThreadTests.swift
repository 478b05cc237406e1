import Glibc
import Synchronization
import Testing
import Tipin
import TipinFiles
import TipinTestSupport

/// Who waits for the disk does it on a thread of its own, never on one of the few that Swift has for everybody.
struct WaitingThreadTests {
    /// Notes what is waited for on Swift's threads.
    private final class Watch: Sendable {
        private let places = Mutex<Set<String>>([])
        /// What any thread waited for.
        private let count = Mutex(0)

        /// - Parameter root: what paths are told from.
        func failpoint(below root: String) -> Failpoint {
            { operation, path in
                guard operation == .sync || operation == .syncFolder else { return .proceed }
                self.count.withLock { $0 += 1 }
                var blocked = sigset_t()
                pthread_sigmask(SIG_BLOCK, nil, &blocked)
                // On the threads of `BlockingThread` every signal is.
                if sigismember(&blocked, SIGPIPE) != 1 {
                    self.places.withLock { _ = $0.insert("\(operation) \(path.replacing(root, with: ""))") }
                }
                return .proceed
            }
        }

        /// What was noted since the last time.
        func take() -> [String] {
            let waits = count.withLock { count in
                defer { count = 0 }
                return count
            }
            #expect(waits > 0)
            return places.withLock { places in
                defer { places = [] }
                return places.sorted()
            }
        }
    }

    /// With a store that was made before and has the pictures: this is about who changes documents.
    private func book(_ watch: Watch) async throws -> TestBook {
        var book = try TestBook.mixed()
        try await book.store([1, 2, 3, 4].map { Picture($0) })
        book.host.failpoint = watch.failpoint(below: book.temporary.path)
        return book
    }

    @Test func `documents, their journal and the way back`() async throws {
        let watch = Watch()
        let book = try await book(watch)
        try await book.run(.migrate)
        #expect(watch.take() == [])
        try await book.undo()
        #expect(watch.take() == [])
        try await book.run(.migrate, to: .folder(book.temporary.path + "/out/deep"))
        #expect(watch.take() == [])
        try await book.undo()
        #expect(watch.take() == [])
    }

    @Test func `a plan that is carried out`() async throws {
        let watch = Watch()
        let book = try await book(watch)
        try await book.plan(.migrate)
        try await book.apply()
        #expect(watch.take() == [])
    }

    @Test func `bytes that are found again`() async throws {
        let watch = Watch()
        let book = try await book(watch)
        let manifest = "{" + Chapter.entry(5) + "}"
        try book.write(Chapter.text(#"{"assetId":"$id5"}"#, id: "c5", manifest: manifest), to: "c5.json")
        try book.temporary.write(Picture(5).bytes, to: "attic/5.png")
        let attic = book.temporary.path + "/attic"
        #expect(try await book.run(.migrate, ["c5.json"]) { $0.searchFolders = [attic] }.codes.isEmpty)
        #expect(watch.take() == [])
    }
}
