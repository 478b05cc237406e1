import Foundation
import Glibc
import Synchronization
import Testing
import Tipin
import TipinDiagnostics
import TipinFiles
import TipinTestSupport

/// A run that is stopped while it writes some documents and works on the next.
struct StoppedWindowsTests {
    /// More than two windows.
    private static let count = 300

    /// What happens once the second window is about to be recorded, while the first is being written.
    enum Stop: String, Sendable, CaseIterable {
        /// Nobody wants the run any more.
        case cancelled
        /// The journal cannot be written.
        case journal
        /// No document can be written from then on.
        case documents
    }

    /// Holds the first exchange of names back until the second window comes, and lets things happen then.
    private final class Switch: Sendable {
        private let stop: Stop
        private let root: String
        private let cancel: @Sendable () -> Void
        private let state = Mutex((syncs: 0, hasWaited: false, wasPulled: false))
        private let isPulled = DispatchSemaphore(value: 0)

        init(_ stop: Stop, below root: String, cancel: @escaping @Sendable () -> Void) {
            self.stop = stop
            self.root = root
            self.cancel = cancel
        }

        /// Whether a document was about to be written when the second window came.
        var wasPulled: Bool { state.withLock { $0.wasPulled } }

        var failpoint: Failpoint {
            { operation, path in
                if operation == .sync, path.contains("/runs/") { return self.record() }
                if operation == .exchange, path.hasPrefix(self.root) { return self.exchange() }
                return .proceed
            }
        }

        private func record() -> FailpointOutcome {
            let syncs = state.withLock { state in
                state.syncs += 1
                return state.syncs
            }
            guard syncs == 2 else { return .proceed }
            if stop == .cancelled { cancel() }
            isPulled.signal()
            return stop == .journal ? .fail(errno: ENOSPC) : .proceed
        }

        private func exchange() -> FailpointOutcome {
            let isFirst = state.withLock { state in
                defer { state.hasWaited = true }
                return !state.hasWaited
            }
            if isFirst {
                let wasPulled = isPulled.wait(timeout: .now() + 60) == .success
                state.withLock { $0.wasPulled = wasPulled }
            }
            return stop == .documents ? .fail(errno: EIO) : .proceed
        }
    }

    private static func book() throws -> TestBook {
        var book = try TestBook(hasRemote: false)
        book.images = HeaderImages()
        book.settings.editorHasAssetID = true
        book.host.jobs = 2
        for number in 0..<count {
            try book.write(Chapter.text(#"{"src":"$data\#(number % 10)"}"#, id: "m\(number)"), to: "m\(number).json")
        }
        return book
    }

    /// Runs the command in a task that the switch can cancel.
    private func stopped(_ book: TestBook, _ stop: Stop) async throws -> (Result<RunReport, any Error>, Switch) {
        let task = Mutex<Task<RunReport, any Error>?>(nil)
        let lever = Switch(stop, below: book.path) { task.withLock { $0?.cancel() } }
        var watched = book
        watched.host.failpoint = lever.failpoint
        let run = watched
        let running = task.withLock { task in
            let running = Task { try await run.run(.migrate) }
            task = running
            return running
        }
        return (await running.result, lever)
    }

    @Test(arguments: Stop.allCases) func `loses nothing, and can be undone`(_ stop: Stop) async throws {
        let whole = try Self.book()
        try await whole.run(.migrate)
        let last = try whole.documents()
        let book = try Self.book()
        let first = try book.documents()
        let (result, lever) = try await stopped(book, stop)
        #expect(lever.wasPulled)
        switch stop {
        case .cancelled: #expect(throws: CancellationError.self) { try result.get() }
        case .journal: #expect(throws: FileError.self) { try result.get() }
        case .documents:
            let report = try result.get()
            #expect(report.failedDocuments == Self.count)
            #expect(report.changedDocuments == 0)
        }
        let now = try book.documents()
        #expect(now.keys == first.keys, "something is left beside the documents")
        for (name, bytes) in now { #expect(bytes == first[name] || bytes == last[name], "\(name)") }
        let written = now.filter { $0.value != first[$0.key] }.count
        // What was on its way when the run ended was written.
        #expect(stop == .documents ? written == 0 : written >= 128 && written < Self.count)
        // Where no document of it stands, the run is none that is undone without being named.
        let undone = try await book.undo(stop == .documents ? try book.runs().last?.id : nil)
        #expect(undone.codes == [])
        #expect(undone.changedDocuments == written)
        #expect(try book.documents() == first)
        // Of a document that was not written nothing is to be undone: it names its pictures as before.
        if stop != .documents { #expect(try book.links() == []) }
        // And what was stopped can be done.
        #expect(try await book.run(.migrate).codes == [])
        #expect(try book.documents() == last)
        #expect(try book.links() == whole.links())
    }
}
