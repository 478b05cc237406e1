internal import CLinux
internal import Glibc

/// What a file has beside its bytes and its owner: its mode, its access list (POSIX ACL) and the attributes that people
/// and their programs gave it (`user.*`). What the system keeps for itself is left to the system.
package struct FileAttributes: Sendable, Equatable {
    private static let accessListName = "system.posix_acl_access"
    private static let userPrefix = "user."

    /// Permission bits.
    package let mode: UInt32
    /// As the kernel tells it; `nil` where only the mode says who may do what.
    package private(set) var accessList: [UInt8]?
    /// By their whole names.
    package private(set) var users: [String: [UInt8]] = [:]

    /// Of a file that may have to be made again. What no document needs, such as the right to run as its owner, and
    /// attributes that are the system's are left out.
    package init(mode: UInt32, accessList: [UInt8]?, users: [String: [UInt8]]) {
        self.mode = mode & 0o777
        self.accessList = accessList
        self.users = users.filter { $0.key.hasPrefix(Self.userPrefix) }
    }

    /// As they are now.
    package init(of file: borrowing OpenFile) throws(FileError) {
        mode = try file.status().mode
        for name in try Self.names(of: file) {
            if name == Self.accessListName {
                accessList = try Self.value(of: name, file)
            } else if name.hasPrefix(Self.userPrefix) {
                users[name] = try Self.value(of: name, file)
            }
        }
    }

    /// Gives them to a file that was just made: the part that its mode and owner may forbid later.
    ///
    /// An access list that the file got from its folder goes: with another mode it would let in whom the first file did
    /// not.
    /// - Parameter givesAll: `false` where attributes of people and programs that the file system does not take are
    ///   left out.
    func giveUsers(to file: borrowing OpenFile, givesAll: Bool) throws(FileError) {
        if try Self.names(of: file).contains(Self.accessListName), try file.mayChangeAttributes() {
            guard fremovexattr(file.descriptor, Self.accessListName) == 0 else {
                throw FileError(.changeAttributes, file.path, errno)
            }
        }
        for (name, value) in users.sorted(by: { $0.key < $1.key }) {
            do throws(FileError) {
                try Self.set(name, value, file)
            } catch {
                if givesAll { throw error }
            }
        }
    }

    /// Sets the permission bits of the mode too.
    func giveAccessList(to file: borrowing OpenFile) throws(FileError) {
        if let accessList { try Self.set(Self.accessListName, accessList, file) }
    }

    // MARK: Calls

    /// Empty where the file system has none.
    private static func names(of file: borrowing OpenFile) throws(FileError) -> [String] {
        let bytes: [UInt8]
        do throws(FileError) {
            bytes = try read(file) { flistxattr(file.descriptor, $0, $1) }
        } catch {
            if error.number == ENOTSUP { return [] }
            throw error
        }
        return bytes.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
    }

    private static func value(of name: String, _ file: borrowing OpenFile) throws(FileError) -> [UInt8] {
        try read(file) { fgetxattr(file.descriptor, name, $0, $1) }
    }

    private static func set(_ name: String, _ value: [UInt8], _ file: borrowing OpenFile) throws(FileError) {
        guard try file.mayChangeAttributes() else { return }
        guard fsetxattr(file.descriptor, name, value, value.count, 0) == 0 else {
            throw FileError(.changeAttributes, file.path, errno)
        }
    }

    /// - Parameter call: tells the size where it gets no room, and fails with `ERANGE` where it gets too little.
    private static func read(
        _ file: borrowing OpenFile, _ call: (UnsafeMutablePointer<CChar>?, Int) -> Int
    ) throws(FileError) -> [UInt8] {
        while true {
            let size = call(nil, 0)
            guard size > 0 else {
                if size == 0 { return [] }
                throw FileError(.status, file.path, errno)
            }
            var buffer = [CChar](repeating: 0, count: size)
            let count = call(&buffer, size)
            if count >= 0 { return buffer[..<count].map { UInt8(bitPattern: $0) } }
            // Somebody added one between the two calls.
            guard errno == ERANGE else { throw FileError(.status, file.path, errno) }
        }
    }
}
