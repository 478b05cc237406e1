/// The hidden sibling under which a document's new bytes wait for their swap, and under which the displaced ones stand
/// just after it.
///
/// Its name says who made it and what may stand in it, so that what a killed process left can be told apart later: our
/// own new bytes, the old ones that were read, or something that somebody else saved at that moment.
struct TemporaryDocument: Equatable {
    /// The document's name, cut where it is long.
    var document: String
    /// `ProcessIdentity.text` of the maker.
    var process: String
    /// `ByteHash` of the new bytes.
    var new: UInt64
    /// `ByteHash` of the bytes that were read; 0 where the document is new.
    var original: UInt64
    var random: UInt64
    /// Whether all new bytes were there: what is not complete was never swapped, and is ours alone.
    var isComplete = false

    private static let suffix = ".assettmp"
    private static let partSuffix = ".part"
    /// Bytes of the document's name that are kept: the rest of the name takes about 110 of the 255 that may be.
    private static let longestStem = 100

    /// - Parameters:
    ///   - new: `ByteHash` of the new bytes, where they are known yet.
    ///   - original: of those that were read.
    init(of name: String, new: UInt64 = 0, original: UInt64 = 0) {
        document = Self.stem(of: name)
        process = ProcessIdentity.current.text
        self.new = new
        self.original = original
        random = .random(in: .min ... .max)
    }

    /// Reads a name; `nil` where it is none of ours.
    init?(_ name: String) {
        guard name.hasPrefix("."), name.hasSuffix(Self.suffix) else { return nil }
        var stem = name.dropFirst().dropLast(Self.suffix.count)
        isComplete = !stem.hasSuffix(Self.partSuffix)
        if !isComplete { stem = stem.dropLast(Self.partSuffix.count) }
        let parts = stem.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count >= 4, let random = UInt64(parts[parts.count - 1], radix: 16),
            let original = UInt64(parts[parts.count - 2], radix: 16),
            let new = UInt64(parts[parts.count - 3], radix: 16)
        else { return nil }
        let rest = parts.dropLast(3).joined(separator: "-").split(separator: ".", omittingEmptySubsequences: false)
        guard rest.count >= 5 else { return nil }
        document = rest.dropLast(4).joined(separator: ".")
        process = rest.suffix(4).joined(separator: ".")
        (self.new, self.original, self.random) = (new, original, random)
    }

    var name: String {
        let numbers = [new, original, random].map { String($0, radix: 16) }.joined(separator: "-")
        return ".\(document).\(process)-\(numbers)\(isComplete ? "" : Self.partSuffix)\(Self.suffix)"
    }

    /// Where bytes go that belong to somebody else.
    var keptName: String { "\(document).displaced-\(String(random, radix: 16))" }

    /// Puts them there.
    /// - Returns: the new name; `nil` where they stay.
    func keep(in folder: Folder) -> String? {
        (try? folder.rename(name, toNew: keptName)).map { keptName }
    }

    /// By whole characters.
    private static func stem(of name: String) -> String {
        var stem = ""
        for character in name {
            guard stem.utf8.count + String(character).utf8.count <= longestStem else { break }
            stem.append(character)
        }
        return stem
    }
}
