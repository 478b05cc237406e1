import Foundation
import Glibc
import TipinAssets
import TipinDiagnostics
import TipinFiles
import TipinTestSupport

/// A tree of files as it lies, or would lie, on a disk: what a crash leaves behind.
struct DiskImage: Sendable, Equatable {
    enum Node: Sendable, Equatable {
        case folder(mode: UInt32)
        /// Names with one number are names of one file.
        case file(number: Int, bytes: [UInt8], mode: UInt32)
        case link(to: String)
    }

    /// By their path below the root.
    var nodes: [String: Node] = [:]

    /// What the same trees have in common, to look at each once.
    var fingerprint: String {
        var text: [UInt8] = []
        for (path, node) in nodes.sorted(by: { $0.key < $1.key }) {
            text += Array(path.utf8) + [0]
            switch node {
            case .folder(let mode): text += Array("folder \(mode)".utf8)
            case .file(_, let bytes, let mode): text += Array("file \(mode) \(SHA256Digest(of: bytes))".utf8)
            case .link(let target): text += Array("link \(target)".utf8)
            }
        }
        return SHA256Digest(of: text).description
    }

    /// Makes the tree be all that is below the root.
    func restore(at root: String) throws {
        for name in try FileManager.default.contentsOfDirectory(atPath: root) {
            try FileManager.default.removeItem(atPath: root + "/" + name)
        }
        var made: [Int: String] = [:]
        for (path, node) in nodes.sorted(by: { $0.key < $1.key }) {
            let place = root + "/" + path
            switch node {
            case .folder: mkdir(place, 0o700)
            case .file(let number, let bytes, let mode):
                if let first = made[number] {
                    Glibc.link(first, place)
                } else {
                    made[number] = place
                    _ = FileManager.default.createFile(atPath: place, contents: Data(bytes))
                    chmod(place, mode)
                }
            case .link(let target): symlink(target, place)
            }
        }
        for case (let path, .folder(let mode)) in nodes { chmod(root + "/" + path, mode) }
    }

    /// As another process would find it: what carries this process's name carries that of one which is gone.
    func left(by identity: String) -> DiskImage {
        let last = identity.utf8.last ?? 0
        let gone = identity.dropLast() + (last == UInt8(ascii: "1") ? "2" : "1")
        var image = DiskImage()
        for (path, node) in nodes {
            var node = node
            if case .file(let number, let bytes, let mode) = node, path.hasSuffix("catalog.sqlite") {
                node = .file(
                    number: number, bytes: Self.replacing(identity, with: String(gone), in: bytes), mode: mode)
            }
            image.nodes[path.replacing(identity, with: String(gone))] = node
        }
        return image
    }

    private static func replacing(_ old: String, with new: String, in bytes: [UInt8]) -> [UInt8] {
        let data = Data(bytes)
        var result = data
        var start = data.startIndex
        while let range = data.range(of: Data(old.utf8), in: start..<data.endIndex) {
            result.replaceSubrange(range, with: Data(new.utf8))
            start = range.upperBound
        }
        return [UInt8](result)
    }
}
