package import TipinImageMessages

/// A kind of file, told by its first bytes and never by its name or a header.
package enum FileType: String, Sendable, CaseIterable {
    case jpeg, png, webp, gif, pdf, svg

    /// The extension that stored bytes of this kind have.
    package var ext: String { self == .jpeg ? "jpg" : rawValue }

    package var mime: String {
        switch self {
        case .jpeg: "image/jpeg"
        case .png: "image/png"
        case .webp: "image/webp"
        case .gif: "image/gif"
        case .pdf: "application/pdf"
        case .svg: "image/svg+xml"
        }
    }

    /// The worker's loader for it; `nil` for what is not decoded.
    package var imageFormat: ImageFormat? {
        switch self {
        case .jpeg: .jpeg
        case .png: .png
        case .webp: .webp
        case .gif: .gif
        case .pdf, .svg: nil
        }
    }

    package init?(mime: String) {
        guard let type = Self.allCases.first(where: { $0.mime == mime.lowercased() }) else { return nil }
        self = type
    }
}
