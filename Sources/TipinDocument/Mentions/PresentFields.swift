/// Which members of a FileRef an object has, and not as null.
package struct PresentFields: OptionSet, Sendable {
    package let rawValue: UInt16

    package init(rawValue: UInt16) { self.rawValue = rawValue }

    init(_ field: FileRefField) { self.init(rawValue: 1 << UInt16(field.rawValue)) }

    package static let assetID = PresentFields(.assetID)
    package static let sha256 = PresentFields(.sha256)
    package static let role = PresentFields(.role)
    package static let mime = PresentFields(.mime)
    package static let width = PresentFields(.width)
    package static let height = PresentFields(.height)
    package static let remoteID = PresentFields(.remoteID)
    package static let remoteURL = PresentFields(.remoteURL)
    package static let localPath = PresentFields(.localPath)
}
