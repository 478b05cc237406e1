import Foundation
import Glibc
import Testing
import TipinTestSupport

@testable import TipinFiles

struct FolderTests {
    private let temporary: TemporaryFolder
    private let folder: Folder

    init() throws {
        temporary = try TemporaryFolder()
        try temporary.write("inside", to: "data/file")
        try temporary.write("outside", to: "secret")
        folder = try Folder(opening: temporary.path + "/data")
    }

    @Test(arguments: ["../secret", "x/../../secret", "/etc/hostname", "..", "../data/file"])
    func `a name that leaves the folder is refused`(name: String) throws {
        let error = #expect(throws: FileError.self) { _ = try folder.openFile(name) }
        #expect(error?.leavesFolder == true || error?.isMissing == true, "\(String(describing: error))")
        #expect(throws: FileError.self) { _ = try folder.createFile(name + "/new", mode: 0o600) }
        #expect(throws: FileError.self) { try folder.removeFile(name) }
        #expect(try temporary.read("secret") == Array("outside".utf8))
    }

    @Test(arguments: ["link", "up/secret", "up"])
    func `symbolic links in the folder are refused`(name: String) throws {
        try FileManager.default.createSymbolicLink(
            atPath: temporary.path + "/data/link", withDestinationPath: temporary.path + "/secret")
        try FileManager.default.createSymbolicLink(atPath: temporary.path + "/data/up", withDestinationPath: "..")
        let error = #expect(throws: FileError.self) { _ = try folder.openFile(name) }
        #expect(error?.leavesFolder == true)
        #expect(throws: FileError.self) { _ = try folder.openOrCreateFile(name, mode: 0o600) }
        #expect(throws: FileError.self) { try folder.createFolders(name + "/new", mode: 0o700) }
    }

    @Test func `a symbolic link is reported as one`() throws {
        try FileManager.default.createSymbolicLink(
            atPath: temporary.path + "/data/link", withDestinationPath: "file")
        #expect(try folder.status(of: "link")?.kind == .symbolicLink)
        #expect(try folder.status(of: "file")?.kind == .regular)
        #expect(try folder.status(of: "nothing") == nil)
        #expect(try folder.status(of: "file/below") == nil)
    }

    @Test func `a folder that is moved is still the folder`() throws {
        try FileManager.default.moveItem(atPath: temporary.path + "/data", toPath: temporary.path + "/moved")
        #expect(try folder.openFile("file").readAll(limit: 100) == Array("inside".utf8))
    }

    @Test func `names are sorted by their bytes`() throws {
        for name in ["b", "B", "a", "é", "10", "9"] { try temporary.write("", to: "data/" + name) }
        #expect(try folder.names() == ["10", "9", "B", "a", "b", "file", "é"])
        #expect(try folder.names(in: "missing") == [])
        #expect(throws: FileError.self) { try folder.names(in: "..") }
    }

    @Test func `folders are made with their mode whatever the umask`() throws {
        #expect(try folder.createFolders("a/b/c", mode: 0o711) == [".", "a", "a/b"])
        #expect(try folder.createFolders("a/b/d", mode: 0o700) == ["a/b"])
        #expect(try folder.createFolders("a/b", mode: 0o700) == [])
        #expect(try folder.status(of: "a/b")?.mode == 0o711)
        let error = #expect(throws: FileError.self) { try folder.createFolders("file/x", mode: 0o700) }
        #expect(error?.number == ENOTDIR)
    }

    @Test func `files are made with their mode whatever the umask, and those for readers less it`() throws {
        let mask = umask(0)
        umask(mask)
        try #require(mask & 0o022 != 0, "a umask that takes nothing away shows nothing")
        _ = try folder.createFile("made", mode: 0o666)
        _ = try folder.openOrCreateFile("opened", mode: 0o666)
        _ = try folder.createFile("served", mode: 0o666, lessUmask: true)
        #expect(try folder.status(of: "made")?.mode == 0o666)
        #expect(try folder.status(of: "opened")?.mode == 0o666)
        #expect(try folder.status(of: "served")?.mode == 0o666 & ~mask)
        // What stands there has its mode from somebody else.
        _ = try folder.openOrCreateFile("served", mode: 0o600)
        #expect(try folder.status(of: "served")?.mode == 0o666 & ~mask)
    }

    @Test func `a file that cannot get its mode is not left behind`() throws {
        let mask = umask(0)
        umask(mask)
        try #require(mask & 0o022 != 0, "a umask that takes nothing away shows nothing")
        let faulty = try Folder(opening: temporary.path + "/data") { operation, _ in
            operation == .changeMode ? .fail(errno: EPERM) : .proceed
        }
        let names = try folder.names()
        let error = #expect(throws: FileError.self) { _ = try faulty.createFile("made", mode: 0o666) }
        #expect(error?.isPermission == true)
        #expect(try folder.names() == names)
    }

    /// Some file systems give all files one mode, and let nobody change it.
    @Test func `a mode that has more than was asked for is left as it is`() throws {
        let faulty = try Folder(opening: temporary.path + "/data") { operation, _ in
            operation == .changeMode ? .fail(errno: EPERM) : .proceed
        }
        try folder.openFile("file").changeMode(to: 0o755)
        try faulty.openFile("file").holdMode(0o600)
        #expect(try folder.status(of: "file")?.mode == 0o755)
    }

    @Test func `a new name never replaces a file`() throws {
        try temporary.write("two", to: "data/two")
        let errors = [
            #expect(throws: FileError.self) { try folder.rename("two", toNew: "file") },
            #expect(throws: FileError.self) { try folder.link("two", toNew: "file") },
            #expect(throws: FileError.self) { _ = try folder.createFile("file", mode: 0o600) },
        ]
        #expect(errors.allSatisfy { $0?.alreadyExists == true })
        #expect(try temporary.read("data/file") == Array("inside".utf8))
        try folder.rename("two", replacing: "file")
        #expect(try temporary.read("data/file") == Array("two".utf8))
    }

    @Test func `two names are swapped in one step`() throws {
        try temporary.write("two", to: "data/two")
        try folder.exchange("two", "file")
        #expect(try temporary.read("data/two") == Array("inside".utf8))
        #expect(throws: FileError.self) { try folder.exchange("two", "missing") }
    }

    @Test func `a second name is the same file`() throws {
        try folder.link("file", toNew: "again")
        #expect(try folder.status(of: "again")?.linkCount == 2)
        #expect(try folder.status(of: "again")?.inode == folder.status(of: "file")?.inode)
        try folder.removeFile("file")
        #expect(try folder.names() == ["again"])
    }

    @Test func `only an empty folder is removed`() throws {
        try folder.createFolders("a/b", mode: 0o700)
        let error = #expect(throws: FileError.self) { try folder.removeFolder("a") }
        #expect(error?.number == ENOTEMPTY)
        try folder.removeFolder("a/b")
        try folder.removeFolder("a")
        #expect(try folder.names() == ["file"])
    }
}
