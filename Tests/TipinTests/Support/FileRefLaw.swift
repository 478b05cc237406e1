import Foundation
import Testing
import TipinAssets

/// Checks that no FileRef of a document has members of two pictures: the id, where it is made of a digest, and the
/// address at the test's remote belong to its `sha256`.
func expectWholeFileRefs(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    try expectWhole(JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed), sourceLocation)
}

private func expectWhole(_ value: Any, _ place: SourceLocation) {
    if let values = value as? [Any] { for value in values { expectWhole(value, place) } }
    guard let members = value as? [String: Any] else { return }
    for value in members.values { expectWhole(value, place) }
    guard let id = members["assetId"] as? String,
        let digest = (members["sha256"] as? String).flatMap({ SHA256Digest($0) })
    else { return }
    if AssetID.isDerived(id) {
        #expect(AssetID.matches(id, digest), "the id is another picture's", sourceLocation: place)
    }
    if let url = members["remoteUrl"] as? String, url.hasPrefix(TestBook.base) {
        #expect(url.contains(digest.description), "the address is another picture's", sourceLocation: place)
    }
}
