internal import TipinDiagnostics

/// An image node without an address: an editor that knows only `src` loses its picture.
enum EmptiedNode {
    /// - Parameter hasRemote: whether one is configured.
    static func problem(_ headline: String, hasRemote: Bool) -> Problem {
        Problem(
            .srcRemoved, headline,
            notes: ["an editor without the attribute 'assetId' empties such a node when it saves"],
            help: [
                AddressChecks.syncing(hasRemote: hasRemote)
                    + ", or say \"editorHasAssetId\": true in tipin.json if your editor has it"
            ])
    }
}
