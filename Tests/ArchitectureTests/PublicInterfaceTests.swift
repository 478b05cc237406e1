import Foundation
import Testing
import TipinTestSupport

/// The public interface is a promise: what is added or taken away is added or taken away here too.
struct PublicInterfaceTests {
    static let types: Set<String> = [
        "AssetRole", "EntityType", "Entity", "FileRef", "ImportContext", "TipinError", "AssetStore", "Configuration",
        "AssetService", "Preference", "ProbedImage", "AssetThumbnail", "SyncEngine", "UploadResult",
        "AddedAsset", "AssetWarning",
    ]
    static let functions: Set<String> = [
        "importLocalFile", "importBytes", "importStream", "orderAssets", "replaceAsset", "linkAsset", "unlinkAsset",
        "fileRef", "resolveSource", "sha256", "probe", "makeThumbnails", "thumbnail", "uploadPending",
        "cacheRemoteIfMissing",
        // Of Hashable.
        "==", "hash",
    ]

    @Test func `the public types and functions are these`() throws {
        var types: Set<String> = []
        var functions: Set<String> = []
        for file in Checkout.files(below: "Sources", ending: ".swift") {
            for line in try Checkout.text(file).split(separator: "\n") where line.contains("public ") {
                let words = line.split(whereSeparator: { " (:<".contains($0) }).map(String.init)
                guard let place = words.firstIndex(of: "public"), !line.contains("import ") else { continue }
                let rest = words[(place + 1)...].drop { ["final", "static"].contains($0) }
                guard let kind = rest.first, let name = rest.dropFirst().first else { continue }
                if ["struct", "class", "enum", "protocol", "actor"].contains(kind) { types.insert(name) }
                if kind == "func" { functions.insert(name) }
            }
        }
        #expect(types == Self.types)
        #expect(functions == Self.functions)
    }
}
