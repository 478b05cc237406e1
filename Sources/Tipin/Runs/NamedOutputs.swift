internal import TipinDiagnostics
internal import TipinDocument

/// The files besides documents that a run is to write, each named by a flag.
package enum NamedOutputs {
    /// - Parameters:
    ///   - names: by the flag, as the person gave them; `nil` where it was not given.
    ///   - workingFolder: absolute.
    /// - Throws: `RunError.usage` where two of them are one file: the one would be in the other's way, after all is
    ///   done.
    package static func check(_ names: [(flag: String, name: String?)], workingFolder: String) throws {
        var flags: [ByteKey: String] = [:]
        for (flag, name) in names {
            guard let name else { continue }
            let path = Paths.real(Paths.absolute(name, relativeTo: workingFolder))
            guard let other = flags.updateValue(flag, forKey: ByteKey(path)) else { continue }
            throw RunError.usage(
                Problem(
                    .usage, "\(other) and \(flag) name one file", notes: ["'\(Redaction.printable(name))'"],
                    help: ["give each a file of its own; nothing was done"]))
        }
    }
}
