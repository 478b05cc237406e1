internal import TipinDiagnostics

extension ImportLimits {
    /// What the rule should have removed and could not.
    func metadataWarnings(_ bytes: [UInt8], _ type: FileType) -> [Problem] {
        guard metadata != .keep else { return [] }
        var warnings: [Problem] = []
        if MetadataStripper.hasPosition(bytes, type: type) {
            warnings.append(
                Problem(
                    .positionInPicture, "picture tells where it was taken",
                    notes: ["its position data cannot be removed losslessly"],
                    help: ["remove it with an image editor, or set 'metadata' to 'keep' if it may be seen"]))
        }
        if type == .pdf {
            warnings.append(
                Problem(
                    .metadataKept, "PDF keeps metadata that cannot be looked into",
                    notes: ["positions that stand in it uncompressed are removed, and nothing else"],
                    help: ["export it without metadata if it was made of private pictures"]))
        }
        return warnings
    }
}
