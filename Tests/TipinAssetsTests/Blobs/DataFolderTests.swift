import Foundation
import Testing
import TipinAssets
import TipinDiagnostics
import TipinFiles
import TipinTestSupport

struct DataFolderTests {
    private let temporary: TemporaryFolder
    private var path: String { temporary.path + "/deep/data" }

    init() throws { temporary = try TemporaryFolder() }

    @Test func `is made private whatever the umask`() throws {
        let old = umask(0)
        defer { umask(old) }
        let folder = try DataFolder(path: path + "/", creates: true)
        #expect(folder.path == path)
        #expect(try folder.root.status(of: ".")?.mode == 0o700)
        #expect(try folder.root.status(of: "tmp")?.mode == 0o700)
        #expect(try folder.root.names() == ["tmp"])
    }

    @Test func `is not made by who only reads`() throws {
        #expect(throws: DataFolderError.missing(path: path)) { try DataFolder(path: path, creates: false) }
        #expect(try temporary.folder().names() == [])
    }

    @Test func `gets nothing from who only reads`() throws {
        try temporary.folder().createFolders("deep/data", mode: 0o700)
        let folder = try DataFolder(path: path, creates: false)
        #expect(try folder.root.names() == [])
    }

    @Test(arguments: [0o770, 0o707, 0o777, 0o1777] as [UInt32])
    func `is refused where others may write`(mode: UInt32) throws {
        try temporary.folder().createFolders("deep/data", mode: mode)
        chmod(path, mode)
        let error = #expect(throws: DataFolderError.self) { try DataFolder(path: path, creates: true) }
        #expect(error == .writableByOthers(path: path, mode: mode))
        #expect(error?.problem.code == .dataFolderUnusable)
    }

    @Test(.enabled(if: geteuid() == 0)) func `is refused where it belongs to another`() throws {
        try temporary.folder().createFolders("deep/data", mode: 0o700)
        chown(path, 12345, 12345)
        #expect(throws: DataFolderError.foreign(path: path, owner: 12345)) {
            try DataFolder(path: path, creates: true)
        }
    }

    @Test func `is refused where it is a file`() throws {
        try temporary.write("x", to: "deep/data")
        let error = #expect(throws: DataFolderError.self) { try DataFolder(path: path, creates: true) }
        #expect(error?.problem.code == .dataFolderUnusable)
    }

    @Test func `clears away what crashed processes left`() throws {
        let first = try DataFolder(path: path, creates: true)
        let mine = try ownTemporaryPrefix(first)
        let parts = mine.split(separator: ".")
        for name in ["\(mine)-1-a", "\(parts[0]).\(parts[1]).999999999.1-1-a", "0.0.1.1-1-a", "old"] {
            try temporary.write("x", to: "deep/data/tmp/" + name)
        }
        let old = Date(timeIntervalSinceNow: -2 * 86_400)
        try FileManager.default.setAttributes([.modificationDate: old], ofItemAtPath: path + "/tmp/old")
        let second = try DataFolder(path: path, creates: true)
        #expect(try second.root.names(in: "tmp") == ["0.0.1.1-1-a", "\(mine)-1-a"].sorted())
    }

    /// The part of a temporary file's name that says who made it, seen in the act.
    private func ownTemporaryPrefix(_ folder: DataFolder) throws -> String {
        let seen = Seen()
        let watched = try DataFolder(path: folder.path, creates: true, failpoint: seen.failpoint)
        var batch = BlobBatch()
        _ = try BlobStore(watched).store([1], digest: SHA256Digest(of: [1]), ext: "png", book: "b", batch: &batch)
        let name = try #require(seen.paths(.createFile).first?.split(separator: "/").last)
        return String(name.prefix { $0 != "-" })
    }

    @Test func `keeps importers and clean-up apart`() throws {
        let folder = try DataFolder(path: path, creates: true)
        let first = try folder.importLock()
        let second = try folder.importLock(waits: false)
        #expect(throws: DataFolderError.inUse(path: folder.path)) {
            _ = try folder.importLock(exclusive: true, waits: false)
        }
        _ = consume first
        _ = consume second
        _ = try folder.importLock(exclusive: true, waits: false)
    }
}
