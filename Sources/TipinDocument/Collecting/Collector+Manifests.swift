internal import TipinJSON

extension Collector {
    /// Notes the place for a manifest that the closing object has, and gives it to the mentions in its `content`.
    func placeManifest(_ depth: Int, _ range: ByteRange) {
        let frame = frames[depth]
        guard nesting == 0, !frame.isArray, frame.flags.isDisjoint(with: [.inNodes, .inManifest, .isAttributes]) else {
            return
        }
        let isChapter = isChapter(depth)
        let isWrapper = frame.flags.contains(.wrapsDocument) && frame.id.isPresent
        guard isChapter || isWrapper else { return }
        result.manifests.append(
            ManifestPlace(
                owner: range, value: frame.manifest,
                isForeign: frame.flags.contains(.hasForeignManifest),
                pointer: CollectedDocument.pointer(ofPath: path(of: depth), in: result.paths)))
        let place = Int32(result.manifests.count - 1)
        for index in frame.contentMentions where result.mentions[Int(index)].manifest < 0 {
            result.mentions[Int(index)].manifest = place
        }
    }
}
