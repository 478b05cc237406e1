import CLinux
import Foundation
import Glibc
import Synchronization
import Testing
import TipinDiagnostics
import TipinFiles
import TipinTestSupport

/// Who may read a document, and what its owner noted of it, is as before when it is replaced (DESIGN "Writing
/// documents").
struct FileAttributesTests {
    private let temporary: TemporaryFolder
    private let path: String
    private static let old = Array("old text".utf8)
    private static let new = Array("new and longer text".utf8)
    private static let accessListName = "system.posix_acl_access"

    init() throws {
        temporary = try TemporaryFolder()
        path = try temporary.write(Self.old, to: "doc.json")
    }

    /// Whether the file system that tests work on has such attributes.
    private static let areKept: Bool = {
        guard let folder = try? TemporaryFolder(), let path = try? folder.write("", to: "a") else { return false }
        let list = accessList
        return setxattr(path, "user.test", "", 0, 0) == 0 && setxattr(path, accessListName, list, list.count, 0) == 0
    }()

    /// `user::rw-`, `user:5555:rw-`, `group::---`, `mask::rw-`, `other::---`, as `acl(5)` has it in an attribute.
    private static let accessList: [UInt8] = {
        let entries: [(tag: UInt16, permissions: UInt16, id: UInt32)] = [
            (0x01, 6, .max), (0x02, 6, 5555), (0x04, 0, .max), (0x10, 6, .max), (0x20, 0, .max),
        ]
        var bytes: [UInt8] = [2, 0, 0, 0]
        for entry in entries {
            for value in [entry.tag, entry.permissions] {
                withUnsafeBytes(of: value.littleEndian) { bytes += Array($0) }
            }
            withUnsafeBytes(of: entry.id.littleEndian) { bytes += Array($0) }
        }
        return bytes
    }()

    private func value(_ name: String) -> [UInt8]? {
        var buffer = [UInt8](repeating: 0, count: 1024)
        let count = getxattr(path, name, &buffer, buffer.count)
        return count < 0 ? nil : Array(buffer[..<count])
    }

    private func attributes() throws -> FileAttributes {
        try FileAttributes(of: temporary.folder().openFile("doc.json"))
    }

    private func mode() throws -> UInt32 { try #require(try temporary.folder().status(of: "doc.json")).mode }

    @Test(.enabled(if: areKept, "the file system has no such attributes"), arguments: [0o600, 0o440] as [mode_t])
    func `access list and attributes are kept`(_ mode: mode_t) throws {
        #expect(setxattr(path, "user.note", "mine", 4, 0) == 0)
        #expect(setxattr(path, "user.empty", "", 0, 0) == 0)
        #expect(chmod(path, mode) == 0)
        #expect(setxattr(path, Self.accessListName, Self.accessList, Self.accessList.count, 0) == 0)
        let before = try self.mode()
        try DocumentWriter().replace(path, Self.old, with: Self.new)
        #expect(try temporary.read("doc.json") == Self.new)
        #expect(value("user.note") == Array("mine".utf8))
        #expect(value("user.empty") == [])
        #expect(value(Self.accessListName) == Self.accessList)
        #expect(try self.mode() == before)
    }

    @Test(.enabled(if: areKept, "the file system has no such attributes"))
    func `a file that is made again gets what it had`() throws {
        #expect(setxattr(path, "user.note", "mine", 4, 0) == 0)
        #expect(chmod(path, 0o440) == 0)
        #expect(setxattr(path, Self.accessListName, Self.accessList, Self.accessList.count, 0) == 0)
        let attributes = try self.attributes()
        let before = try mode()
        #expect(unlink(path) == 0)
        try DocumentWriter().carryOut([DocumentStep(path, from: nil, to: Self.new, attributes: attributes)])
        #expect(try temporary.read("doc.json") == Self.new)
        #expect(try self.attributes() == attributes)
        #expect(try mode() == before)
    }

    @Test(arguments: [0o600, 0o640, 0o444] as [mode_t]) func `a file that is made again gets its mode`(
        _ mode: mode_t
    ) throws {
        #expect(chmod(path, mode) == 0)
        let attributes = try self.attributes()
        #expect(unlink(path) == 0)
        try DocumentWriter().carryOut([DocumentStep(path, from: nil, to: Self.new, attributes: attributes)])
        #expect(try self.mode() == mode)
    }

    @Test func `a file that is made again comes back where its attributes cannot be kept`() throws {
        #expect(unlink(path) == 0)
        let attributes = FileAttributes(mode: 0o640, accessList: nil, users: ["user.note": [1]])
        let writer = DocumentWriter { operation, _ in
            operation == .changeAttributes ? .fail(errno: ENOTSUP) : .proceed
        }
        try writer.carryOut([DocumentStep(path, from: nil, to: Self.new, attributes: attributes)])
        #expect(try temporary.read("doc.json") == Self.new)
        #expect(try mode() == 0o640)
    }

    @Test func `a file that is made again does not come back without its access list`() throws {
        #expect(unlink(path) == 0)
        let attributes = FileAttributes(mode: 0o660, accessList: Self.accessList, users: [:])
        let writer = DocumentWriter { operation, _ in
            operation == .changeAttributes ? .fail(errno: ENOTSUP) : .proceed
        }
        #expect(throws: DocumentWriter.Failure.self) {
            try writer.carryOut([DocumentStep(path, from: nil, to: Self.new, attributes: attributes)])
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: temporary.path).isEmpty)
    }

    @Test func `what is written down gives nobody the rights of others`() {
        let attributes = FileAttributes(
            mode: 0o6755, accessList: nil, users: ["user.a": [1], "security.capability": [2]])
        #expect((attributes.mode, attributes.users) == (0o755, ["user.a": [1]]))
    }

    @Test(.enabled(if: areKept, "the file system has no such attributes"), arguments: [0o660, 0o2660] as [mode_t])
    func `nobody gets the new bytes before the access list says who may have them`(_ mode: mode_t) throws {
        #expect(chmod(path, mode) == 0)
        #expect(setxattr(path, Self.accessListName, Self.accessList, Self.accessList.count, 0) == 0)
        let before = try self.mode()
        let moments = Mutex(0)
        let folder = temporary.path
        let writer = DocumentWriter { _, _ in
            for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] where name != "doc.json" {
                var status = stat()
                guard stat(folder + "/" + name, &status) == 0 else { continue }
                let hasList = getxattr(folder + "/" + name, Self.accessListName, nil, 0) > 0
                #expect(status.st_mode & 0o077 == 0 || hasList)
                moments.withLock { $0 += 1 }
            }
            return .proceed
        }
        try writer.replace(path, Self.old, with: Self.new)
        #expect(moments.withLock { $0 } > 0)
        #expect(value(Self.accessListName) == Self.accessList)
        #expect(try self.mode() == before)
    }

    @Test(.enabled(if: areKept, "the file system has no such attributes"))
    func `an access list that the folder gives to new files lets nobody in`() throws {
        let list = Self.accessList
        #expect(setxattr(temporary.path, "system.posix_acl_default", list, list.count, 0) == 0)
        #expect(removexattr(path, Self.accessListName) == 0 || errno == ENODATA)
        #expect(chmod(path, 0o660) == 0)
        try DocumentWriter().replace(path, Self.old, with: Self.new)
        #expect(value(Self.accessListName) == nil)
        #expect(try mode() == 0o660)
    }

    @Test(.enabled(if: areKept, "the file system has no such attributes"))
    func `a document whose access list cannot be kept is not written`() throws {
        #expect(setxattr(path, Self.accessListName, Self.accessList, Self.accessList.count, 0) == 0)
        try expectRefusal(of: .changeAttributes)
    }

    @Test(.enabled(if: geteuid() == 0, "only root may give files away"))
    func `a document whose owner cannot be kept is not written`() throws {
        #expect(chown(path, 12_345, 23_456) == 0)
        try expectRefusal(of: .changeOwner)
    }

    private func expectRefusal(of failing: FileOperation) throws {
        let writer = DocumentWriter { operation, _ in operation == failing ? .fail(errno: EPERM) : .proceed }
        let error = #expect(throws: DocumentWriter.Failure.self) {
            try writer.replace(path, Self.old, with: Self.new)
        }
        #expect(error?.problem.headline == "owner or access list of a document cannot be kept")
        #expect(try temporary.read("doc.json") == Self.old)
        #expect(try FileManager.default.contentsOfDirectory(atPath: temporary.path) == ["doc.json"])
    }
}
