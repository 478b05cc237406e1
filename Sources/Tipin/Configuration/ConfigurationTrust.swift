internal import TipinAssets
internal import TipinDiagnostics

/// A configuration that was only found beside the documents came with them and is no more to be trusted: it speaks for
/// its own folder alone (RULES "Configuration").
struct ConfigurationTrust {
    let folder: String
    let isTrusted: Bool
    private(set) var ignored: [Problem] = []

    init(folder: String, isTrusted: Bool) {
        self.folder = folder
        self.isTrusted = isTrusted
    }

    /// The absolute path, or `nil` where it leads out of a folder it must stay in.
    mutating func path(_ path: String?, _ key: String) -> String? {
        guard let path else { return nil }
        let absolute = Paths.absolute(path, relativeTo: folder)
        if isTrusted || Paths.isEqualOrBelow(Paths.real(absolute), Paths.real(folder)) { return absolute }
        ignore(key, "'\(path)' leads out of the configuration's folder")
        return nil
    }

    /// The remote's name. A `folder:` outside is not taken; a server is, but gets no token.
    mutating func remote(_ name: String?) -> String? {
        guard let name else { return nil }
        guard !isTrusted, name.hasPrefix("folder:") else { return name }
        let target = name.dropFirst("folder:".count).prefix { $0 != "?" }
        return path(String(target), "remote") == nil ? nil : name
    }

    /// Who sends a document must not decide that the pictures beside it tell where they were taken.
    mutating func metadata(_ rule: MetadataRule) -> MetadataRule? {
        guard !isTrusted, rule == .keep else { return rule }
        ignore("metadata", "positions and serial numbers are taken out all the same")
        return nil
    }

    mutating func keepsError(_ code: String) { ignore("severity", "'\(code)' stays an error") }

    mutating func allowsPrivate(_ host: String) -> Bool {
        if !isTrusted { ignore("legacyHosts", "'\(host)' may not be private") }
        return isTrusted
    }

    mutating func ignoring<Value>(_ value: Value?, _ key: String) -> Value? {
        if value != nil { ignore(key, "only a trusted configuration may say it") }
        return nil
    }

    private mutating func ignore(_ key: String, _ words: String) {
        ignored.append(
            Problem(
                .configLimited, "'\(key)' in a configuration beside the documents was ignored", notes: [words],
                help: ["name it with --config '\(folder)/\(ConfigurationFile.name)' if you trust it"]))
    }
}
