/// The picture formats that the worker decodes, each by its own loader.
package enum ImageFormat: UInt8, Sendable, CaseIterable {
    case jpeg = 1
    case png = 2
    case webp = 3
    case gif = 4
}
