internal import Foundation
internal import TipinAssets
internal import TipinDiagnostics
internal import TipinDocument
internal import TipinFiles

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
        do {
            self = try JSONDecoder().decode(Self.self, from: Data(bytes))
        } catch let error as DecodingError {
            throw places.error(error)
        }
        try checkValues(path)
        if let fault = mentions?.fault { throw places.error(fault.words, at: fault.place) }
    }

    private func checkValues(_ path: String) throws {
        func require(_ isGood: Bool, _ words: String) throws {
            if !isGood { throw RunError.configuration(path, words) }
        }
        try require(maxUploadMB.map { $0 > 0 && $0 <= 4096 } ?? true, "maxUploadMB must be from 1 to 4096")
        try require(uploadConcurrency.map { $0 > 0 && $0 <= 32 } ?? true, "uploadConcurrency must be from 1 to 32")
        try require(maxCacheMB.map { $0 > 0 && $0 < 1 << 40 } ?? true, "maxCacheMB must be at least 1")
        try require(gcGraceHours.map { $0 >= 0 && $0 < 1 << 30 } ?? true, "gcGraceHours must be at least 0")
        try require(limits?.depth.map { $0 > 0 && $0 <= 100_000 } ?? true, "limits.depth must be from 1 to 100000")
        try require(limits?.documentMB.map { $0 > 0 && $0 < 4096 } ?? true, "limits.documentMB must be from 1 to 4095")
        try require(
            thumbnails.map { $0.count <= Thumbnail.maximumCount && $0.allSatisfy(Thumbnail.allowedSizes.contains) }
                ?? true, "thumbnails must be at most \(Thumbnail.maximumCount) sizes from 16 to 2048")
        for (code, level) in severity ?? [:] {
            try require(DiagnosticCode(rawValue: code) != nil, "severity names no code '\(code)'")
            try require(
                level == "off" || Severity(rawValue: level) != nil,
                "severity.\(code) must be error, warning, note or off")
        }
    }
}
