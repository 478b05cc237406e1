internal import TipinImageMessages

extension ImportLimits {
    /// Decodes a picture and says what it is; nothing is stored.
    /// - Parameter name: the name or path that it has, for what a wrong extension says.
    package func probe(
        _ bytes: [UInt8], name: String? = nil, with images: (any ImageProbing)?
    ) async throws -> ProbedPicture {
        let type = try admit(bytes)
        var picture = ProbedPicture(type: type, hasPosition: MetadataStripper.hasPosition(bytes, type: type))
        picture.warnings = name.flatMap { NameCheck.mismatch($0, type) }.map { [$0] } ?? []
        let kept = try MetadataStripper.stripped(bytes, type: type, rule: metadata)
        picture.warnings += metadataWarnings(kept, type) + removalWarnings(bytes, keeping: kept, type)
        guard let format = type.imageFormat else { return picture }
        guard let images else { throw ImportError.noImageWorker }
        let facts = try await images.probe(bytes, as: format)
        picture.width = facts.width
        picture.height = facts.height
        picture.frames = facts.frames
        picture.hasAlpha = facts.hasAlpha
        return picture
    }
}
