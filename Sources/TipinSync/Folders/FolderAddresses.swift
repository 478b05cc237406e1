internal import Foundation
internal import TipinFiles

/// Which file of a folder remote has which address, both ways.
struct FolderAddresses: Sendable {
    /// `nil` where readers cannot see the folder.
    let base: WebURL?

    /// The file's path below the remote's folder.
    /// - Returns: `nil` for what makes no file name: a book without a folder name, no digest, an odd extension.
    func fileName(bookID: String, sha256: String, ext: String) -> String? {
        guard let book = BookFolderName(bookID, sha256Hex: { SHA256Hex.digest(of: $0) }),
            sha256.utf8.count == 64, sha256.utf8.allSatisfy(Self.isLowerHex),
            (1...16).contains(ext.utf8.count), ext.utf8.allSatisfy(Self.isAlphanumeric)
        else { return nil }
        return "\(book.text)/\(sha256).\(ext)"
    }

    /// The address of a file that `fileName` named.
    func url(of fileName: String) -> String? {
        guard let base else { return nil }
        let prefix = base.text.hasSuffix("/") ? base.text : base.text + "/"
        // The percent signs are part of the folder's name: a server decodes them once before it looks for the file.
        return prefix + fileName.replacing("%", with: "%25")
    }

    /// The path below the remote's folder of the file that the address shows.
    /// - Returns: `nil` for an address that is not below the base, and for one that no server may take as a file here:
    ///   with an encoded slash or dot segment, an empty or hidden name.
    func fileName(of url: String) -> String? {
        guard let base, let address = try? WebURL(url), address.isBelow(base) else { return nil }
        let root = base.path.hasSuffix("/") ? base.path : base.path + "/"
        guard address.path.hasPrefix(root) else { return nil }
        let parts = address.path.dropFirst(root.count).split(separator: "/", omittingEmptySubsequences: false)
        var names: [String] = []
        for part in parts {
            guard let name = String(part).removingPercentEncoding, Self.isVisibleName(name) else { return nil }
            names.append(name)
        }
        return names.joined(separator: "/")
    }

    private static func isVisibleName(_ name: String) -> Bool {
        guard let first = name.utf8.first, first != UInt8(ascii: ".") else { return false }
        return !name.utf8.contains { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "\\") || $0 == 0 }
    }

    private static func isLowerHex(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte)
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: false
        }
    }
}
