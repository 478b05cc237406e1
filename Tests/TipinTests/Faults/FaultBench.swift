import Foundation
import Glibc
import Testing
import Tipin
import TipinAssets
import TipinDiagnostics
import TipinFiles
import TipinTestSupport

@testable import TipinAssets

/// Runs one scenario again and again from the same beginning, with faults, and says what went wrong.
struct FaultBench {
    let scenario: FaultScenario
    private let book: TestBook
    private let start: DiskImage
    /// What a run without a fault ends with.
    private let result: StoreFacts
    private let documents: [String: Set<[UInt8]>]
    private let newDocuments: [String: [UInt8]]
    /// What was wrong before the run began.
    private let wrongBefore: Set<String>
    /// What nobody may touch; a link in the store leads there.
    private let canary: Canary
    private let outside: TestBook
    /// Calls of a run without a fault.
    let calls: [DiskWatch.Call]

    init(_ scenario: FaultScenario) async throws {
        self.scenario = scenario
        let book = try Self.book(in: nil)
        try await scenario.prepare(book)
        self.book = book
        outside = try TestBook()
        canary = try Canary(outside)
        let books = book.dataPath + "/books"
        if FileManager.default.fileExists(atPath: books) { symlink(canary.path, books + "/elsewhere") }
        start = try Self.image(book)
        let old = Self.documents(start)
        let watch = DiskWatch(book.temporary.path, takesImages: false)
        try await Self.run(scenario, book, watch)
        calls = watch.calls
        result = try StoreFacts(book, ignoresQuarantine: scenario.ignoresQuarantine)
        let new = Self.documents(try Self.image(book))
        newDocuments = new
        var allowed: [String: Set<[UInt8]>] = [:]
        for name in Set(old.keys).union(new.keys) { allowed[name] = [old[name] ?? [], new[name] ?? []] }
        documents = allowed
        try start.restore(at: book.temporary.path)
        wrongBefore = Set(
            Invariants(book: book, documents: allowed, wasDamaged: scenario.startsDamaged).violations())
    }

    // MARK: Crashes

    /// Ends the run at every call, by a kill and by a power cut, and runs it again.
    /// - Parameters:
    ///   - rule: what the run itself does differently.
    ///   - stopsAtFirst: whether one thing that is wrong is enough.
    ///   - step: every so-manieth of the trees that differ is looked at, and the last.
    /// - Returns: at how many points a crash leaves what was looked at, and what was wrong.
    func crashes(
        inspect: @escaping @Sendable (FileOperation, String) -> String? = { _, _ in nil }, stopsAtFirst: Bool = false,
        step: Int = 1,
        rule: @escaping DiskWatch.Rule = { _, _, _ in .proceed }
    ) async throws -> (points: Int, wrong: [String]) {
        try start.restore(at: book.temporary.path)
        let watch = DiskWatch(book.temporary.path, inspect: inspect, rule: rule)
        try await Self.run(scenario, book, watch)
        watch.finish()
        var wrong = watch.complaints
        wrong += leftovers().map { "I7: the run itself leaves \($0)" }
        let identity = ProcessIdentity.current.text
        var seen: [String: Bool] = [:]
        var points = 0
        let last = watch.images.map(\.call).max()
        // What a call that was left out lacks shows best at the end.
        for (call, crash, image) in stopsAtFirst ? watch.images.reversed() : watch.images {
            if stopsAtFirst, !wrong.isEmpty { break }
            let image = image.left(by: identity)
            let isLast = call == last
            let fingerprint = image.fingerprint + (isLast ? "!" : "")
            if let isLookedAt = seen[fingerprint] {
                points += isLookedAt ? 1 : 0
                continue
            }
            let isLookedAt = isLast || seen.count % step == 0
            seen[fingerprint] = isLookedAt
            guard isLookedAt else { continue }
            points += 1
            try image.restore(at: book.temporary.path)
            let name = call > 0 && call <= watch.calls.count ? "\(watch.calls[call - 1])" : "start"
            let what = "\(crash) after call \(call) (\(name))"
            // What was said to be done is done, whatever happens next.
            if isLast { wrong += undone().map { "\(what): \($0)" } }
            wrong += try await look(what)
        }
        return (points, wrong)
    }

    private func undone() -> [String] {
        newDocuments.filter { (try? book.temporary.read($0.key)) != $0.value }.map { "\($0.key) is old again" }
    }

    // MARK: Errors

    /// Lets one call, or each from it on, fail, and runs it again.
    func failing(_ number: Int, with errno: Int32, forEver: Bool) async throws -> [String] {
        try await failing("\(errno) at call \(number)\(forEver ? " and ever after" : "")") { call, _, _ in
            (forEver ? call >= number : call == number) ? .fail(errno: errno) : .proceed
        }
    }

    func failing(_ what: String, rule: @escaping DiskWatch.Rule) async throws -> [String] {
        try start.restore(at: book.temporary.path)
        let watch = DiskWatch(book.temporary.path, takesImages: false, rule: rule)
        try? await Self.run(scenario, book, watch)
        // Who runs it again is another process.
        try Self.image(book).left(by: ProcessIdentity.current.text).restore(at: book.temporary.path)
        let name = watch.calls.first { $0.outcome.hasPrefix("fail") }.map { "\($0)" } ?? ""
        return Self.retriedSyncs(watch.calls).map { "\(what): \($0)" } + (try await look("\(what) (\(name))"))
    }

    /// A file whose sync failed is thrown away: the kernel may have dropped what it could not write.
    private static func retriedSyncs(_ calls: [DiskWatch.Call]) -> [String] {
        var failed: Set<String> = []
        var found: [String] = []
        for call in calls where call.operation == .sync {
            if failed.contains(call.path) { found.append("\(call.path) was synced again after a failure") }
            if call.outcome.hasPrefix("fail") { failed.insert(call.path) }
        }
        return found
    }

    // MARK: Another process

    /// Runs a part of the scenario that ends with this process, and looks at what is left.
    /// - Parameter end: gets the folder to work in; runs `runUntilKilled` in a process of its own.
    func killed(_ what: String, by end: (String) async throws -> Void) async throws -> [String] {
        try start.restore(at: book.temporary.path)
        try await end(book.temporary.path)
        return try await look(what)
    }

    /// Runs the scenario below the folder, and kills this process when it is about to make a call.
    /// - Parameter number: from 1.
    static func runUntilKilled(_ scenario: FaultScenario, at root: String, call number: Int) async throws {
        let book = try Self.book(in: TemporaryFolder(of: root))
        let rule: DiskWatch.Rule = { call, _, _ in
            if call == number { kill(getpid(), SIGKILL) }
            return .proceed
        }
        let watch = DiskWatch(root, takesImages: false, rule: rule)
        try await Self.run(scenario, book, watch)
    }

    private static func book(in folder: TemporaryFolder?) throws -> TestBook {
        var book = try TestBook(in: folder)
        book.images = HeaderImages()
        // One thing after the other: what is looked at in between must not change meanwhile.
        book.host.jobs = 1
        book.host.picturesAtATime = 1
        book.settings.uploadConcurrency = 1
        return book
    }

    // MARK: Looking

    /// Checks what lies there, runs the scenario to its end, and checks again.
    private func look(_ what: String) async throws -> [String] {
        FaultTally.current?.addPoint()
        let lost = lostBefore
        let invariants = Invariants(book: book, documents: documents, wasDamaged: scenario.startsDamaged)
        var wrong = invariants.violations(mayLack: lost).filter { !wrongBefore.contains($0) } + lostEvidence()
        do {
            try await Self.run(scenario, book, nil)
            wrong += invariants.violations(mayLack: lost).map { "after running again, \($0)" }
            wrong += canary.changes.map { "I6: \($0) outside changed" }
            let facts = try StoreFacts(book, ignoresQuarantine: scenario.ignoresQuarantine)
            if facts != result { wrong.append("I7: running again ends otherwise:\n\(result.difference(to: facts))") }
        } catch {
            wrong.append("I7: running again fails: \(error)")
        }
        return wrong.map { "\(what): \($0)" }
    }

    /// Damage that was there before the run is not its fault.
    private var lostBefore: Set<String> {
        Set(
            start.nodes.compactMap { path, node -> String? in
                guard path.contains("/original."), case .file(_, let bytes, _) = node else { return nil }
                let digest = path.split(separator: "/").dropLast().last.map(String.init) ?? ""
                return SHA256Digest(of: bytes).description == digest ? nil : digest
            })
    }

    /// What is damaged is moved and never lost: somebody may still make something out.
    private func lostEvidence() -> [String] {
        guard !lostBefore.isEmpty else { return [] }
        let kept = (try? Self.image(book))?.nodes.values.compactMap { node -> [UInt8]? in
            if case .file(_, let bytes, _) = node { bytes } else { nil }
        }
        return start.nodes.compactMap { path, node in
            guard lostBefore.contains(where: path.contains), case .file(_, let bytes, _) = node else { return nil }
            return kept?.contains(bytes) == true ? nil : "the damaged bytes of \(path) are gone"
        }
    }

    private func leftovers() -> [String] {
        let names = FileManager.default.enumerator(atPath: book.temporary.path)?.allObjects as? [String] ?? []
        return names.filter { name in
            name.hasPrefix("data/tmp/") || name.hasSuffix(".assettmp") || name.hasSuffix(".tmp")
        }
    }

    private static func run(_ scenario: FaultScenario, _ book: TestBook, _ watch: DiskWatch?) async throws {
        var book = book
        book.host.failpoint = watch?.failpoint
        try await scenario.run(book)
    }

    private static func image(_ book: TestBook) throws -> DiskImage {
        let watch = DiskWatch(book.temporary.path)
        watch.finish()
        return try #require(watch.images.first).image
    }

    private static func documents(_ image: DiskImage) -> [String: [UInt8]] {
        var documents: [String: [UInt8]] = [:]
        for (path, node) in image.nodes where path.hasSuffix(".json") && !path.hasPrefix("data/") {
            guard path != TestBook.planName else { continue }
            guard case .file(_, let bytes, _) = node else { continue }
            documents[path] = bytes
        }
        return documents
    }
}
