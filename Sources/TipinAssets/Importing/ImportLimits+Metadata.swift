internal import TipinDiagnostics

extension ImportLimits {
    /// What the rule should have removed and could not.
    func metadataWarnings(_ bytes: [UInt8], _ type: FileType) -> [Problem] {
        guard metadata != .keep else { return [] }
        var warnings: [Problem] = []
        if MetadataStripper.hasPosition(bytes, type: type) {
            warnings.append(PositionRule.unremovable)
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

    /// What the rule removes although it may be no position.
    /// - Parameters:
    ///   - bytes: as they were found.
    ///   - kept: what the rule left of them.
    func removalWarnings(_ bytes: [UInt8], keeping kept: [UInt8], _ type: FileType) -> [Problem] {
        guard metadata == .stripGPS, kept != bytes else { return [] }
        var warnings = MetadataStripper.removals(bytes, type: type).map { name in
            let (code, headline): (DiagnosticCode, String) =
                switch name {
                case ContentCredentials.name:
                    (.credentialsRemoved, "content credentials of the picture are not kept")
                case BoxContent.name: (.dataRemoved, "data of the picture is not kept")
                default: (.textRemoved, "text of the picture is not kept")
                }
            return Problem(
                code, headline,
                notes: ["the \(name) of the file names a position and goes as a whole"],
                help: ["set 'metadata' to 'keep' if it may be seen"])
        }
        let keywords = MetadataStripper.sealedTexts(bytes, type: type)
        if !keywords.isEmpty {
            warnings.append(
                Problem(
                    .textRemoved, "compressed text of the picture is not kept",
                    notes: keywords.map {
                        "'\(Redaction.printable($0))' cannot be looked into and may name a position"
                    },
                    help: ["set 'metadata' to 'keep' if it may be seen, or save the text uncompressed"]))
        }
        return warnings
    }
}
