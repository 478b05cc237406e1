internal import Foundation
internal import Glibc

/// Paths as text, compared by their bytes. What is opened is judged again after it is opened.
enum Paths {
    static func absolute(_ path: String, relativeTo folder: String) -> String {
        normalized(path.hasPrefix("/") ? path : folder + "/" + path)
    }

    /// Without `.`, `..`, empty parts and a final slash.
    static func normalized(_ path: String) -> String {
        var parts: [String] = []
        for bytes in path.utf8.split(separator: UInt8(ascii: "/")) {
            let part = String(decoding: bytes, as: UTF8.self)
            switch part {
            case ".": continue
            case "..": _ = parts.popLast()
            default: parts.append(part)
            }
        }
        return "/" + parts.joined(separator: "/")
    }

    static func parent(of path: String) -> String {
        guard let slash = lastSlash(in: path), slash != path.startIndex else { return "/" }
        return String(path[..<slash])
    }

    static func name(of path: String) -> String {
        lastSlash(in: path).map { String(path[path.utf8.index(after: $0)...]) } ?? path
    }

    /// Among the bytes: a mark that joins the slash before it is the first of a name.
    private static func lastSlash(in path: String) -> String.Index? { path.utf8.lastIndex(of: UInt8(ascii: "/")) }

    static func areEqual(_ path: String, _ other: String) -> Bool { path.utf8.elementsEqual(other.utf8) }

    static func isEqualOrBelow(_ path: String, _ folder: String) -> Bool {
        areEqual(path, folder) || relative(path, to: folder) != nil
    }

    /// With symbolic links resolved as far as the path exists.
    static func real(_ path: String) -> String {
        var existing = path
        var rest = ""
        while true {
            if let resolved = realpath(existing, nil) {
                defer { free(resolved) }
                let text = String(cString: resolved)
                return rest.isEmpty ? text : (text == "/" ? "" : text) + rest
            }
            guard existing != "/" else { return path }
            rest = "/" + name(of: existing) + rest
            existing = parent(of: existing)
        }
    }

    /// `path` below `folder`, without the slash between them.
    static func relative(_ path: String, to folder: String) -> String? {
        let prefix = folder == "/" ? "/" : folder + "/"
        guard path.utf8.starts(with: prefix.utf8) else { return nil }
        return String(decoding: path.utf8.dropFirst(prefix.utf8.count), as: UTF8.self)
    }

    /// The nearest folder that holds both; both are absolute.
    static func folder(_ folder: String, widenedTo path: String) -> String {
        var folder = folder
        while folder != "/", !isEqualOrBelow(path, folder) { folder = parent(of: folder) }
        return folder
    }

    static func isFolder(_ path: String) -> Bool { kind(path) == S_IFDIR }
    static func isRegularFile(_ path: String) -> Bool { kind(path) == S_IFREG }
    /// Bytes; 0 where it is missing.
    static func size(of path: String) -> Int {
        var status = stat()
        return stat(path, &status) == 0 ? Int(status.st_size) : 0
    }

    static func exists(_ path: String) -> Bool { kind(path) != nil }

    /// Whether a symbolic link stands there.
    static func isLink(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
    }

    /// Whether a symbolic link stands there that leads nowhere.
    static func isDanglingLink(_ path: String) -> Bool { isLink(path) && !exists(path) }

    /// Where a symbolic link leads, as it says itself.
    static func target(of link: String) -> String {
        var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
        let count = readlink(link, &buffer, buffer.count)
        return String(decoding: buffer[..<max(count, 0)], as: UTF8.self)
    }

    private static func kind(_ path: String) -> mode_t? {
        var status = stat()
        return stat(path, &status) == 0 ? status.st_mode & S_IFMT : nil
    }
}
