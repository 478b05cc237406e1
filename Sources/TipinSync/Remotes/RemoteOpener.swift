internal import Foundation

/// Makes a remote from its configured name; asks nobody and creates nothing.
package enum RemoteOpener {
    /// - Parameters:
    ///   - name: `folder:PATH?base=URL` (the query is percent-decoded, or missing) or `http(s)://host[/prefix]`.
    ///   - folder: absolute; what PATH is relative to.
    /// - Throws: `RemoteError.badName`.
    package static func open(
        _ name: String, relativeTo folder: String, options: RemoteOptions, threads: TransferThreads
    ) throws(RemoteError) -> any Remote {
        switch name.prefix(while: { $0 != ":" }).lowercased() {
        case "folder" where name.contains(":"): try openFolder(name, relativeTo: folder, options, threads)
        case "http", "https": HTTPRemote(base: try address(name, in: name), options: options, threads: threads)
        default: throw .badName(name, words: "is neither 'folder:PATH?base=URL' nor 'https://HOST'")
        }
    }

    private static func openFolder(
        _ name: String, relativeTo folder: String, _ options: RemoteOptions, _ threads: TransferThreads
    ) throws(RemoteError) -> FolderRemote {
        let rest = name[name.index(after: name.firstIndex(of: ":") ?? name.startIndex)...]
        let path = rest.prefix { $0 != "?" }
        guard !path.isEmpty, !path.utf8.contains(0) else {
            throw .badName(name, words: "names no folder: it is 'folder:PATH?base=URL'")
        }
        let base = try base(in: rest.dropFirst(path.count + 1), of: name)
        return FolderRemote(
            path: absolute(String(path), relativeTo: folder), base: base, umask: options.umask, threads: threads,
            failpoint: options.failpoint)
    }

    /// `base` is the only member that the query may have.
    private static func base(in query: Substring, of name: String) throws(RemoteError) -> WebURL? {
        var base: WebURL?
        for member in query.split(separator: "&") {
            guard member.hasPrefix("base="), base == nil else {
                throw .badName(name, words: "may have one 'base=URL' after its '?' and nothing else")
            }
            guard let text = String(member.dropFirst("base=".count)).removingPercentEncoding else {
                throw .badName(name, words: "has a base that is not percent-encoded correctly")
            }
            base = try address(text, in: name)
        }
        return base
    }

    private static func address(_ text: String, in name: String) throws(RemoteError) -> WebURL {
        let url: WebURL
        do throws(WebURL.Refusal) {
            url = try WebURL(text)
        } catch {
            throw .badName(name, words: "does not hold a usable address: \(FetchError.words(error))")
        }
        guard url.query == nil, !text.contains("#") else {
            throw .badName(name, words: "holds an address with a query or a fragment")
        }
        return url
    }

    /// One spelling for each folder, because it is the remote's lasting name: without `.`, `..` and empty parts.
    private static func absolute(_ path: String, relativeTo folder: String) -> String {
        var parts: [Substring] = []
        for part in (path.hasPrefix("/") ? path : folder + "/" + path).split(separator: "/") where part != "." {
            if part == ".." { _ = parts.popLast() } else { parts.append(part) }
        }
        return "/" + parts.joined(separator: "/")
    }
}
