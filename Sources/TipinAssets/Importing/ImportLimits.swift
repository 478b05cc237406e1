/// What may be imported, and what is done to it on the way.
package struct ImportLimits: Sendable, Equatable {
    /// Bytes (`maxUploadMB` in the configuration).
    package var maxBytes = 25 << 20
    /// `allowedMime` in the configuration.
    package var allowed: Set<FileType> = [.png, .jpeg, .webp, .gif]
    package var metadata: MetadataRule = .stripGPS
    /// The longer sides of the thumbnails that are made on import (`thumbnails` in the configuration).
    package var thumbnails: [Int] = []

    package init() {}
}
