import Foundation
import Testing
import Tipin
import TipinAssets
import TipinDiagnostics
import TipinDocument
import TipinFiles
import TipinJSON
import TipinSync
import TipinTestSupport

/// A folder of documents with a store and a remote of its own, and the commands run on it in process.
struct TestBook: Sendable {
    let temporary: TemporaryFolder
    var settings: Settings
    var host: Tipin.Host
    /// In the place of the one that the settings name.
    var remote: (any Remote)?
    /// In the place of the image worker.
    var images: (any ImageProbing)?

    static let base = "https://cdn.example/books"

    var path: String { temporary.path + "/book" }
    var dataPath: String { temporary.path + "/data" }
    var remotePath: String { temporary.path + "/cdn" }

    /// - Parameters:
    ///   - hasRemote: whether a folder remote is configured.
    ///   - folder: one of its own where `nil`.
    init(hasRemote: Bool = true, in folder: TemporaryFolder? = nil) throws {
        temporary = try folder ?? TemporaryFolder()
        settings = Settings()
        host = Tipin.Host(
            workingFolder: temporary.path + "/book", imageWorker: Checkout.products + "/tipin-image", umask: 0o022)
        host.pause = { _ in }
        // How long a worker takes is no subject here: machines that test have much else to do.
        host.imageLimits.wallTime = .seconds(180)
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        settings.dataFolder = dataPath
        if hasRemote { settings.remote = "folder:\(remotePath)?base=\(Self.base)" }
    }

    /// Another machine with the same remote and a store of its own.
    func secondDevice() -> TestBook {
        var other = self
        other.settings.dataFolder = temporary.path + "/second/data"
        return other
    }

    // MARK: Files

    /// Writes a document; what stands in place of `$id1` and so on is told by `Book.expanded`.
    func write(_ text: String, to name: String = "c1.json") throws {
        try temporary.write(expanded(text), to: "book/" + name)
    }

    func write(_ picture: Picture, to name: String) throws { try temporary.write(picture.bytes, to: "book/" + name) }

    func read(_ name: String = "c1.json") throws -> String {
        String(decoding: try temporary.read("book/" + name), as: UTF8.self)
    }

    func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path + "/" + name) }

    /// Every file below the temporary folder with its bytes, inode and time of change.
    func manifest(below folder: String = "") -> [String: String] {
        let root = temporary.path + "/" + folder
        var files: [String: String] = [:]
        for case let name as String in FileManager.default.enumerator(atPath: root) ?? .init() {
            let path = root + "/" + name
            let facts = (try? FileManager.default.attributesOfItem(atPath: path)) ?? [:]
            let bytes = FileManager.default.contents(atPath: path).map { SHA256Digest(of: [UInt8]($0)).description }
            let time = (facts[.modificationDate] as? Date)?.timeIntervalSince1970 ?? 0
            let inode = (facts[.systemFileNumber] as? Int) ?? 0
            let isFile = facts[.type] as? FileAttributeType == .typeRegular
            files[name] = isFile ? "\(bytes ?? "") \(inode) \(time)" : "folder"
        }
        return files
    }

    // MARK: What stands for what

    /// `$id1` `$sha1` `$url1` `$path1` `$data1` stand for picture 1's id, digest, address at the remote and path on
    /// this machine, both in book b1, and the picture itself as a `data:` URL.
    func expanded(_ text: String) -> String {
        text.replacing(/\$(id|sha|url|path|data)([0-9])/) { match in
            let picture = Picture(Int(match.2) ?? 0)
            return switch match.1 {
            case "id": picture.id
            case "sha": picture.sha256
            case "url": Self.url(picture)
            case "path": blobPath(picture)
            default: picture.dataURL
            }
        }
    }

    static func url(_ picture: Picture, book: String = "b1") -> String { "\(base)/\(book)/\(picture.sha256).png" }

    func blobPath(_ picture: Picture, book: String = "b1") -> String {
        "\(settings.dataFolder ?? "")/books/\(book)/files/\(picture.sha256)/original.png"
    }

    func remoteFile(_ picture: Picture, book: String = "b1") -> String {
        "\(remotePath)/\(book)/\(picture.sha256).png"
    }

    // MARK: Runs

    enum Command: String, CaseIterable, Sendable {
        case migrate, sync, resolve, publish

        var stages: RewriteRun.Stages {
            switch self {
            case .migrate: .migrate
            case .sync: .sync
            case .resolve: .resolve
            case .publish: .publish
            }
        }

        var profile: Profile {
            switch self {
            case .migrate: .portable
            case .sync, .resolve: .device
            case .publish: .publish
            }
        }
    }

    /// Runs a command as the command line does.
    /// - Parameter paths: relative to the working folder; all documents where empty.
    @discardableResult
    func run(
        _ command: Command, _ paths: [String] = [], to destination: Destination = .inPlace,
        _ change: (inout RunOptions) -> Void = { _ in }
    ) async throws -> RunReport {
        var options = RunOptions(
            paths: paths.isEmpty ? [path] : paths, profile: command.profile, destination: destination)
        options.fetchesKnownAssets = command == .sync
        let works = command == .sync || destination != .nowhere
        options.wouldSend = command.stages.sends && !works
        change(&options)
        var access = Access(
            catalog: works && command.stages.recovers ? .writes : .reads,
            reachesLegacyHosts: works && command.stages.imports,
            reachesRemote: works && command.stages.sends)
        access.needs = command == .publish ? .publishingRemote : command == .sync ? .remote : .nothing
        let workspace = try Workspace(settings, host: host, access: access, remote: remote, images: images)
        defer { workspace.close() }
        return try await RewriteRun(workspace, options, command.stages).run(command: command.rawValue)
    }

    /// `sync` without PATH.
    @discardableResult
    func syncAll(retriesFailed: Bool = false) async throws -> RunReport {
        var options = RunOptions(paths: [], profile: .device, destination: .nowhere)
        options.retriesFailed = retriesFailed
        let workspace = try writing()
        defer { workspace.close() }
        return try await SyncRun(workspace, options).run()
    }

    func check(
        _ purpose: CheckOptions.Purpose = .source, _ paths: [String] = [],
        _ change: (inout CheckOptions) -> Void = { _ in }
    ) async throws -> RunReport {
        var options = CheckOptions(paths: paths.isEmpty ? [path] : paths)
        options.purpose = purpose
        change(&options)
        let access = Access(
            catalog: .reads, reachesLegacyHosts: options.isOnline, reachesRemote: options.isOnline)
        let workspace = try Workspace(settings, host: host, access: access, remote: remote, images: images)
        defer { workspace.close() }
        return try await CheckRun(workspace, options).run()
    }

    func scan(_ paths: [String] = []) async throws -> [ScannedMention] {
        var mentions: [ScannedMention] = []
        _ = try await ScanRun(settings, host: host).run(
            paths.isEmpty ? [path] : paths, show: { $0 }, output: { mentions += $0 })
        return mentions
    }

    /// A workspace that imports and uploads; the caller closes it.
    func writing() throws -> Workspace {
        try Workspace(
            settings, host: host,
            access: Access(catalog: .writes, reachesLegacyHosts: true, reachesRemote: true), remote: remote,
            images: images)
    }

    // MARK: The store

    /// Brings pictures into the store without any document or link.
    func store(_ pictures: [Picture], book: String = "b1") async throws {
        let workspace = try writing()
        defer { workspace.close() }
        let importer = try #require(workspace.importer)
        for picture in pictures {
            let asset = try await importer.prepare(picture.bytes, book: book)
            _ = try importer.commit([asset], remote: workspace.remote?.name.rawValue)
        }
    }

    /// Brings pictures into the store and to the remote.
    func upload(_ pictures: [Picture], book: String = "b1") async throws {
        try await store(pictures, book: book)
        #expect(try await syncAll().status == .success)
    }

    /// Reads or changes the catalog.
    func withCatalog<Value>(_ body: (Catalog) throws -> Value) throws -> Value {
        try body(Catalog(path: (settings.dataFolder ?? "") + "/catalog.sqlite", mode: .create, clock: .system))
    }

    /// Runs `assets rebook`.
    @discardableResult
    func rebook(_ old: String, as new: String) throws -> RebookRun.Result {
        let workspace = try Workspace(settings, host: host, access: Access(catalog: .cleans))
        defer { workspace.close() }
        return try RebookRun(workspace).run(old, as: new)
    }

    func removeBlob(_ picture: Picture, book: String = "b1") throws {
        try FileManager.default.removeItem(atPath: blobPath(picture, book: book))
    }
}

extension RunReport {
    /// The codes of everything that was said, each once, sorted.
    var codes: [String] { Set(diagnostics.map(\.code.rawValue)).sorted() }

    /// What was said with the code.
    func problems(_ code: DiagnosticCode) -> [Problem] { diagnostics.filter { $0.code == code }.map(\.problem) }

    func severity(_ code: DiagnosticCode) -> Severity? { diagnostics.first { $0.code == code }?.severity }
}
