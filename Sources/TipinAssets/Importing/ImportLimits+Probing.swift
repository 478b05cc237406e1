internal import TipinImageMessages

extension ImportLimits {
    /// Decodes a picture and says what it is; nothing is stored.
    package func probe(_ bytes: [UInt8], with images: (any ImageProbing)?) async throws -> ProbedPicture {
        let type = try admit(bytes)
        var picture = ProbedPicture(type: type, hasPosition: MetadataStripper.hasPosition(bytes, type: type))
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
