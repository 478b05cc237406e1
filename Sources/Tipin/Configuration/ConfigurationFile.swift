internal import Foundation
internal import TipinAssets
internal import TipinDiagnostics
internal import TipinDocument
internal import TipinFiles
internal import TipinSync

/// A `tipin.json` as it stands; every key is optional. Paths are still relative to its folder.
package struct ConfigurationFile: Sendable, Equatable, Decodable {
    package var bookId: String?
    package var dataDir: String?
    package var catalog: String?
    package var remote: String?
    package var remoteHosts: [String]?
    package var downloadPaths: [String]?
    package var maxUploadMB: Int?
    package var uploadConcurrency: Int?
    package var allowedMime: [String]?
    package var syncIntervalMs: Int?
    package var metadata: String?
    package var thumbnails: [Int]?
    package var mediaRoot: String?
    package var localRoots: [String]?
    package var baseUrl: String?
    package var exclude: [String]?
    package var maxCacheMB: Int?
    package var gcGraceHours: Int?
    package var editorHasAssetId: Bool?
    package var mentions: Mentions?
    package var severity: [String: String]?
    package var legacyHosts: [String: LegacyHost]?
    package var limits: Limits?

    package struct LegacyHost: Sendable, Equatable, Decodable {
        /// A folder that holds what the host served, by path.
        package var root: String?
        /// Whether the host may have a private address.
        package var allowPrivate: Bool?
    }

    package struct Limits: Sendable, Equatable, Decodable {
        /// Objects and arrays inside one another.
        package var depth: Int?
        package var documentMB: Int?
    }

    /// The name that is looked for.
    package static let name = "tipin.json"

    /// - Throws: `RunError.configuration` with what is wrong in words.
    package init(reading path: String) throws {
        let url = URL(fileURLWithPath: path)
        let bytes: [UInt8]
        do {
            let folder = try Folder(opening: url.deletingLastPathComponent().path)
            bytes = try folder.openFile(url.lastPathComponent).readAll(limit: 4 << 20)
        } catch {
            throw RunError.configuration(path, error.systemMessage)
        }
        let places = try ConfigurationPlaces(bytes, path)
        try places.checkKeys()
        try places.checkNumbers()
        do {
            self = try JSONDecoder().decode(Self.self, from: Data(bytes))
        } catch let error as DecodingError {
            throw places.error(error)
        }
        if let fault = valueFault ?? mentions?.fault { throw places.error(fault.words, at: fault.place) }
    }

    /// What of the values cannot be used: the way to it, and why.
    private var valueFault: (place: [String], words: String)? { numberFault ?? listFault ?? wordFault }

    private var numberFault: (place: [String], words: String)? {
        let numbers: [(place: [String], value: Int?, range: ClosedRange<Int>)] = [
            (["maxUploadMB"], maxUploadMB, 1...4096), (["uploadConcurrency"], uploadConcurrency, 1...32),
            (["syncIntervalMs"], syncIntervalMs, 1...86_400_000),
            (["maxCacheMB"], maxCacheMB, 1...(1 << 40) - 1), (["gcGraceHours"], gcGraceHours, 0...(1 << 30) - 1),
            (["limits", "depth"], limits?.depth, 1...100_000),
            (["limits", "documentMB"], limits?.documentMB, 1...4095),
        ]
        for (place, value, range) in numbers {
            guard let value, !range.contains(value) else { continue }
            return (place, "must be from \(range.lowerBound) to \(range.upperBound)")
        }
        return nil
    }

    private var listFault: (place: [String], words: String)? {
        for (index, name) in (allowedMime ?? []).enumerated() where FileType(mime: name) == nil {
            return (["allowedMime", "\(index)"], "tipin does not know this type")
        }
        for (index, pattern) in (exclude ?? []).enumerated() where ExcludePattern(pattern) == nil {
            let words =
                pattern.hasPrefix("!")
                ? #"what others exclude is not taken back; a name that begins with '!' is written '\!'"#
                : "must be a pattern of what lies below PATH, without a slash at the start, '//', '.' or '..'"
            return (["exclude", "\(index)"], words)
        }
        for (index, folder) in (localRoots ?? []).enumerated() where folder.isEmpty {
            return (["localRoots", "\(index)"], "must not be empty")
        }
        guard let thumbnails else { return nil }
        let isGood =
            thumbnails.count <= Thumbnail.maximumCount && thumbnails.allSatisfy(Thumbnail.allowedSizes.contains)
        return isGood ? nil : (["thumbnails"], "must be at most \(Thumbnail.maximumCount) sizes from 16 to 2048")
    }

    private var wordFault: (place: [String], words: String)? {
        let names = [
            ("bookId", bookId), ("dataDir", dataDir), ("catalog", catalog), ("remote", remote),
            ("mediaRoot", mediaRoot),
        ]
        for (key, name) in names where name == "" { return ([key], "must not be empty") }
        if let baseUrl, (try? WebURL(baseUrl)) == nil { return (["baseUrl"], "must be an http or https address") }
        if let metadata, MetadataRule(rawValue: metadata) == nil {
            return (["metadata"], "must be strip-gps, strip-all or keep")
        }
        for (code, level) in (severity ?? [:]).sorted(by: { $0.key < $1.key }) {
            guard DiagnosticCode(rawValue: code) != nil else { return (["severity", code], "there is no such code") }
            guard level == "off" || Severity(rawValue: level) != nil else {
                return (["severity", code], "must be error, warning, note or off")
            }
        }
        return nil
    }
}
