internal import TipinAssets
package import TipinDiagnostics
internal import TipinDocument
internal import TipinFiles
internal import TipinSync

/// Gets the bytes behind an address: decoded, from a folder, or from a host (RULES 3, 4 and "Local files").
package struct AddressReader: Sendable {
    /// What was read.
    package struct Content: Sendable {
        package var bytes: [UInt8]
        /// The normalised http(s) address that led to them.
        package var sourceURL: String?
        /// The name that the bytes had, for what a wrong ending says.
        package var name: String?
        /// What a `data:` URL or a host calls them.
        package var mime: String?
    }

    package enum Outcome: Sendable {
        case content(Content)
        case problem(Problem)
        /// It would take the network, which this run does not use.
        case needsNetwork(String)
    }

    let settings: Settings
    let substitutions: [ByteKey: String]
    /// `nil` where the network is not used.
    let fetcher: LegacyFetcher?
    let remote: (any Remote)?
    /// Tells of hosts that said no for good; `nil` asks them all again.
    var failures: Catalog?
    /// `nil` where each address is asked for as often as it is read.
    var refused: RefusedAddresses?

    private var limit: Int { settings.importLimits.maxBytes }

    /// - Parameters:
    ///   - address: as the document says it, unescaped.
    ///   - file: the document's.
    package func read(_ address: String, in file: DocumentFile) async -> Outcome {
        let trimmed = AddressForm.trimmed(address)
        let replaced = substitutions[ByteKey(trimmed)] ?? trimmed
        switch AddressForm(replaced) {
        case .dataURL: return decode(replaced)
        case .localFile: return await readLocal(replaced, in: file)
        case .remoteURL: return await readRemote(replaced.hasPrefix("//") ? "https:" + replaced : replaced, in: file)
        case .dead(let words): return .problem(Self.dead(words, replaced))
        }
    }

    static func dead(_ words: String, _ address: String) -> Problem {
        Problem(
            .addressDead, "image has no address that can be read",
            notes: [address.isEmpty ? words : "'\(Redaction.redacted(String(address.prefix(200))))': \(words)"],
            help: ["put the picture in again, or name a replacement with --substitutions"])
    }

    private func decode(_ url: String) -> Outcome { decode(url.utf8) }

    /// - Parameter address: of which no substitution speaks.
    func decode(_ address: InlineAddress) -> Outcome { address.withBytes { decode($0) } }

    private func decode(_ url: some Sequence<UInt8>) -> Outcome {
        do throws(DataURL.Failure) {
            let decoded = try DataURL(url, limit: limit)
            return .content(Content(bytes: decoded.bytes, mime: decoded.mediaType))
        } catch {
            return .problem(error.problem)
        }
    }

    // MARK: Files

    private func readLocal(_ named: String, in file: DocumentFile) async -> Outcome {
        let origin = TauriURL.originPath(of: named)
        let address = origin ?? named
        let candidates = localCandidates(address, in: file, isOfApp: origin != nil)
        var outside: [String] = []
        for candidate in candidates {
            switch localFiles(for: file).read(candidate, limit: limit) {
            case .bytes(let bytes, let path): return .content(Content(bytes: bytes, name: Paths.name(of: path)))
            case .refused(let problem): return .problem(problem)
            case .outside(let path): outside.append(path)
            case .missing: continue
            }
        }
        if let base = settings.baseURL, isRelative(address), let url = try? WebURL(address, relativeTo: WebURL(base)) {
            return await readRemote(url.text, in: file)
        }
        if let path = outside.first, !candidates.isEmpty, outside.count == candidates.count {
            return .problem(Self.outsideRoots(path))
        }
        return .problem(missing(named, candidates))
    }

    func localFiles(for file: DocumentFile) -> LocalFiles {
        let roots = [file.root, settings.folder, settings.mediaRoot].compactMap { $0 } + settings.localRoots
        return LocalFiles(roots: roots + settings.legacyRoots.values)
    }

    /// Document folder, then mediaRoot; for `/x` mediaRoot, then the path itself.
    /// - Parameter isOfApp: the path is relative to the app's own files, so it is none of this machine's.
    private func localCandidates(_ address: String, in file: DocumentFile, isOfApp: Bool) -> [String] {
        if let path = TauriURL.path(of: address) {
            // Whoever left the slashes raw may have lost the first one.
            return [absolute(path, file)] + (path.hasPrefix("/") ? [] : [Paths.normalized("/" + path)])
        }
        if let asset = StatamicAddress(address) {
            return (settings.mediaRoot.map { [$0 + "/" + asset.container, $0] } ?? [])
                .map { Paths.absolute(asset.path.drop { $0 == "/" }.description, relativeTo: $0) }
        }
        if AddressForm.scheme(of: address) == "file" { return [Self.path(ofFileURL: address)] }
        let plain = String(address.prefix { $0 != "?" && $0 != "#" })
        let spellings = Self.spellings([plain, PercentCoding.decoded(plain), address])
        return spellings.flatMap { path -> [String] in
            if path.hasPrefix("/") {
                return [settings.mediaRoot.map { Paths.normalized($0 + path) }, isOfApp ? nil : Paths.normalized(path)]
                    .compactMap { $0 }
            }
            return [Paths.parent(of: file.path), settings.mediaRoot].compactMap { $0 }
                .map { Paths.absolute(path, relativeTo: $0) }
        }
    }

    private func absolute(_ path: String, _ file: DocumentFile) -> String {
        Paths.absolute(path.replacing("\\", with: "/"), relativeTo: Paths.parent(of: file.path))
    }

    private static func spellings(_ paths: [String]) -> [String] {
        var seen: Set<ByteKey> = []
        return paths.filter { !$0.isEmpty && seen.insert(ByteKey($0)).inserted }
    }

    private static func path(ofFileURL url: String) -> String {
        var rest = url.dropFirst("file:".count)
        if rest.hasPrefix("//") {
            rest = rest.dropFirst(2)
            if !rest.hasPrefix("/") { rest = rest.drop { $0 != "/" } }
        }
        return Paths.normalized(PercentCoding.decoded(String(rest.prefix { $0 != "?" && $0 != "#" })))
    }

    private func isRelative(_ address: String) -> Bool {
        AddressForm.scheme(of: address) == nil && TauriURL.path(of: address) == nil
    }

    private func missing(_ address: String, _ candidates: [String]) -> Problem {
        var notes = candidates.prefix(3).map { "looked for '\(Redaction.printable($0))'" }
        if candidates.isEmpty {
            // Containers and the files of an app have no folder of their own.
            notes = [
                "'\(Redaction.redacted(String(address.prefix(200))))' names no file here",
                "such addresses are looked for below the media root alone, and none is given",
            ]
        }
        if Self.isUUID(address) {
            notes.append("a bare UUID is an id of the app that wrote it; neither manifest nor catalog has it")
        }
        return Problem(
            .assetMissing, "image file does not exist", notes: notes,
            help: [
                settings.mediaRoot == nil ? "put the file there, or give --media-root" : "put the file there"
            ])
    }

    private static func isUUID(_ text: String) -> Bool {
        text.utf8.count == 36
            && text.split(separator: "-", omittingEmptySubsequences: false).map(\.count) == [8, 4, 4, 4, 12]
            && text.utf8.allSatisfy { $0 == UInt8(ascii: "-") || Character(.init($0)).isHexDigit }
    }

    static func outsideRoots(_ path: String) -> Problem {
        Problem(
            .outsideRoots, "image file lies outside the folders that may be read",
            notes: ["'\(Redaction.printable(path))'"],
            help: ["name its folder under 'localRoots' in a tipin.json of your own, or give --media-root"])
    }

    // MARK: Hosts

    private func readRemote(_ address: String, in file: DocumentFile) async -> Outcome {
        let url: WebURL
        do throws(WebURL.Refusal) { url = try WebURL(address) } catch {
            return .problem(FetchError.refusedURL(error).problem)
        }
        for folder in servedFolders(for: url) {
            for name in Self.fileNames(of: url) {
                let path = Paths.normalized(folder + "/" + name)
                if case .bytes(let bytes, let real) = localFiles(for: file).read(path, limit: limit) {
                    return .content(Content(bytes: bytes, sourceURL: url.text, name: Paths.name(of: real)))
                }
            }
        }
        if let problem = refused?.problem(of: url.text) { return .problem(problem) }
        let outcome = await ask(url)
        if case .problem(let problem) = outcome { refused?.note(problem, of: url.text) }
        return outcome
    }

    private func ask(_ url: WebURL) async -> Outcome {
        if let remote, remote.owns(url.text) { return await download(url, from: remote) }
        if let problem = await knownFailure(url.text) { return .problem(problem) }
        guard let fetcher else { return .needsNetwork(url.text) }
        do throws(FetchError) {
            let fetched = try await fetcher.fetch(url.text, maxBytes: limit)
            return .content(
                Content(
                    bytes: fetched.bytes, sourceURL: url.text, name: Paths.name(of: url.path), mime: fetched.contentType
                ))
        } catch {
            return .problem(error.problem)
        }
    }

    /// Under which names a mirrored host's file may stand. A query that tells one picture from another is part of the
    /// name; behind a file's own name (`hero.png?w=600`) it only says how it is to be served.
    private static func fileNames(of url: WebURL) -> [String] {
        let path = PercentCoding.decoded(url.path)
        guard let query = url.query, !query.isEmpty else { return [path] }
        let isFileName = AddressForm.looksLikePicture(path)
        return [path + "?" + query] + (isFileName ? [path] : [])
    }

    /// A picture that is gone is not asked for again by every run.
    private func knownFailure(_ url: String) async -> Problem? {
        guard let failures else { return nil }
        // The catalog may be busy with pictures that become durable meanwhile.
        let known = await BlockingThread.run { try? failures.readBeside { try $0.failure(ofSourceURL: url) } }
        guard let failure = known ?? nil,
            failure.code == DiagnosticCode.assetGone.rawValue
        else { return nil }
        return Problem(
            .assetGone, "image is gone from its host",
            notes: [failure.words, "asked on \(failure.triedAt.prefix(10))"],
            help: ["--refetch asks again; or name a replacement with --substitutions"])
    }

    private func download(_ url: WebURL, from remote: any Remote) async -> Outcome {
        do throws(RemoteError) {
            let bytes = try await remote.download(url.text, maxBytes: limit)
            return .content(Content(bytes: bytes, sourceURL: url.text))
        } catch {
            return .problem(error.problem(while: .downloading))
        }
    }

    /// Folders that hold what the host served: its own in the configuration, else below `mediaRoot`.
    private func servedFolders(for url: WebURL) -> [String] {
        if let root = settings.legacyRoots[url.host] { return [root] }
        guard let mediaRoot = settings.mediaRoot else { return [] }
        let isBase = settings.baseURL.flatMap { try? WebURL($0) }?.host == url.host
        return [mediaRoot + "/" + url.host] + (isBase ? [mediaRoot] : [])
    }
}
