import Foundation
import Testing
import TipinJSON
import TipinTestSupport

@testable import TipinDocument

/// The laws of rewriting on documents and rewrites made by chance.
struct LosslessTests {
    /// `TIPIN_LONG=1` looks at a hundred times as many documents.
    private static let count = ProcessInfo.processInfo.environment["TIPIN_LONG"] == "1" ? 300_000 : 3000
    private static let collector = DocumentCollector(rules: CompiledRules(.builtIn))

    @Test func `whatever is rewritten, all other bytes stay`() throws {
        for seed in 1...UInt64(Self.count) {
            var document = RandomDocument(seed: seed)
            let bytes = document.make()
            do {
                guard let before = try Self.collector.collect(bytes) else { throw NotADocument() }
                #expect(before.mentions.count == document.mentionCount, "seed \(seed)")
                let output = try expectLaws(bytes) { bytes in
                    guard let document = try Self.collector.collect(bytes) else { throw NotADocument() }
                    let edits = RandomRewrite(seed: seed).edits(of: document)
                    return edits
                }
                try expectSameMentions(before, output, seed)
            } catch {
                Issue.record("seed \(seed): \(error)\n\(String(decoding: bytes, as: UTF8.self))")
            }
        }
    }

    private struct NotADocument: Error {}

    private func expectSameMentions(_ before: CollectedDocument, _ output: [UInt8], _ seed: UInt64) throws {
        guard let after = try Self.collector.collect(output) else { throw NotADocument() }
        let rewrite = RandomRewrite(seed: seed)
        #expect(after.kind == before.kind && after.id == before.id && after.bookID == before.bookID, "seed \(seed)")
        #expect(Set(after.mentions.map(after.place)) == Set(before.mentions.map(before.place)), "seed \(seed)")
        #expect(after.mentions.count == before.mentions.count, "seed \(seed)")
        #expect(after.manifests.map(\.pointer) == before.manifests.map(\.pointer), "seed \(seed)")
        for mention in after.mentions {
            guard let members = rewrite.members(for: mention, in: after) else { continue }
            let details = after.details(of: mention)
            if mention.site != .fileRef && mention.site != .fieldObject {
                #expect(details.assetID == members.assetID, "seed \(seed)")
            }
            #expect(details.assetID != nil, "seed \(seed)")
        }
        expectOwnership(before, rewrite, seed)
    }

    /// Every edit stands inside what a mention owns, or is a manifest's.
    private func expectOwnership(_ document: CollectedDocument, _ rewrite: RandomRewrite, _ seed: UInt64) {
        for mention in document.mentions {
            let owned = mention.owned.range
            for edit in rewrite.edits(of: mention, in: document) {
                #expect(
                    owned.lowerBound <= edit.range.lowerBound && edit.range.upperBound <= owned.upperBound,
                    "seed \(seed)")
                #expect(edit.nesting == Int(mention.nesting))
            }
        }
        for place in document.manifests {
            let owned = (place.value.isPresent ? place.value : place.owner).range
            for edit in rewrite.manifestEdits(at: place, in: document) {
                #expect(
                    owned.lowerBound <= edit.range.lowerBound && edit.range.upperBound <= owned.upperBound,
                    "seed \(seed)")
            }
        }
    }
}

extension CollectedDocument {
    /// Where a mention stands, told so that a rewrite does not change it.
    fileprivate func place(of mention: Mention) -> String {
        pointer(ofPath: mention.path)
            + " \(role(of: mention).rawValue) \(entity(of: mention)?.id ?? "-") \(mention.order)"
    }
}

/// What is to be said of each mention: by chance, but the same each time it is asked.
private struct RandomRewrite {
    let seed: UInt64

    func edits(of document: CollectedDocument) -> [Edit] {
        document.mentions.flatMap { edits(of: $0, in: document) }
            + document.manifests.flatMap { manifestEdits(at: $0, in: document) }
    }

    func edits(of mention: Mention, in document: CollectedDocument) -> [Edit] {
        guard let members = members(for: mention, in: document) else { return [] }
        return document.edits(
            of: mention, saying: document.details(of: mention), as: members, style: document.layoutStyle)
    }

    func manifestEdits(at place: ManifestPlace, in document: CollectedDocument) -> [Edit] {
        var random = generator(place.pointer)
        var update = ManifestUpdate(in: document, at: place, style: document.layoutStyle)
        update.addAgreeing((0..<random.below(4)).map { members("id-\($0)", .attachment, &random) })
        return update.edits()
    }

    func members(for mention: Mention, in document: CollectedDocument) -> AssetMembers? {
        let path = document.pointer(ofPath: mention.path)
        var random = generator(path)
        guard !random.oneIn(3) else { return nil }
        return members("new/\(random.below(9))", document.role(of: mention), &random)
    }

    private func members(_ id: String, _ role: AssetRole, _ random: inout SeededGenerator) -> AssetMembers {
        let url = "https://cdn.example/\(random.below(100))/\"é\".png"
        var members = AssetMembers(assetID: id, sha256: String(repeating: "b", count: 64), role: role)
        if random.oneIn(2) { members.mime = "image/png" }
        if random.oneIn(2) { (members.width, members.height) = (640, 480) }
        if random.oneIn(2) { (members.remoteID, members.remoteURL) = ("r1", url) }
        members.address = random.pick([.keep, .set(url), .remove])
        members.localPath = random.pick([.keep, .set("/home/é/a.png"), .remove])
        members.fillsSize = random.oneIn(2)
        return members
    }

    private func generator(_ key: String) -> SeededGenerator {
        SeededGenerator(seed: key.utf8.reduce(seed) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 })
    }
}
