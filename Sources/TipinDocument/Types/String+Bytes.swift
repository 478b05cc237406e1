internal import Glibc

extension String {
    /// Whether both are there with the same bytes; `==` takes two spellings of `é` for one.
    package func hasSameBytes(as other: String?) -> Bool {
        guard let other, utf8.count == other.utf8.count else { return false }
        // Byte by byte it would take longer than all that is done with what is found.
        let isEqual = utf8.withContiguousStorageIfAvailable { left in
            other.utf8.withContiguousStorageIfAvailable { right in
                guard let first = left.baseAddress, let second = right.baseAddress else { return true }
                return memcmp(first, second, left.count) == 0
            }
        }
        return (isEqual ?? nil) ?? utf8.elementsEqual(other.utf8)
    }

    /// Becomes the other where both have the same bytes, so that these are in memory once.
    package mutating func shareBytes(of other: String?) {
        if let other, hasSameBytes(as: other) { self = other }
    }

    /// Whether its first bytes are those of another.
    package func hasFirstBytes(of other: String) -> Bool {
        let begins = utf8.withContiguousStorageIfAvailable { left in
            other.utf8.withContiguousStorageIfAvailable { right in
                guard right.count <= left.count else { return false }
                guard let first = left.baseAddress, let second = right.baseAddress else { return true }
                return memcmp(first, second, right.count) == 0
            }
        }
        return (begins ?? nil) ?? utf8.starts(with: other.utf8)
    }

    /// Whether one of its bytes is that one.
    package func contains(byte: UInt8) -> Bool {
        let found = utf8.withContiguousStorageIfAvailable { bytes in
            bytes.baseAddress.map { memchr($0, Int32(byte), bytes.count) != nil } ?? false
        }
        return found ?? utf8.contains(byte)
    }
}
