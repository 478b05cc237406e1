/// The bytes that a document was read as: told again wherever they stand, also when they are not in memory any more.
package struct StandingBytes: Sendable {
    /// `ByteHash` of them.
    let hash: UInt64
    /// Whether an open file holds them and nothing else.
    let areAll: @Sendable (borrowing OpenFile) -> Bool

    package init(_ bytes: [UInt8]) { self.init(bytes, hash: ByteHash.of(bytes)) }

    /// - Parameter hash: of the bytes, where it is known.
    init(_ bytes: [UInt8], hash: UInt64) {
        self.hash = hash
        areAll = { file in (try? file.holds(bytes)) ?? false }
    }

    /// - Parameter areAll: tells them by a digest, for example.
    package init(hash: ByteHash, areAll: @escaping @Sendable (borrowing OpenFile) -> Bool) {
        self.hash = hash.value
        self.areAll = areAll
    }

    /// Told by a hash alone.
    package init(hash: ByteHash) {
        let value = hash.value
        self.init(hash: hash) { (try? $0.byteHash()) == value }
    }

    /// Whether the file of that name holds them.
    func stand(at name: String, in folder: Folder) -> Bool {
        guard let file = try? folder.openFile(name) else { return false }
        return areAll(file)
    }
}
