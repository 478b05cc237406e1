/// Which members of a FileRef an object has, and not as null.
package struct PresentFields: OptionSet, Sendable {
    package let rawValue: UInt16

    package init(rawValue: UInt16) { self.rawValue = rawValue }

    package static let assetID = PresentFields(rawValue: 1 << 0)
    package static let sha256 = PresentFields(rawValue: 1 << 1)
    package static let role = PresentFields(rawValue: 1 << 2)
    package static let mime = PresentFields(rawValue: 1 << 3)
    package static let width = PresentFields(rawValue: 1 << 4)
    package static let height = PresentFields(rawValue: 1 << 5)
    package static let remoteID = PresentFields(rawValue: 1 << 6)
    package static let remoteURL = PresentFields(rawValue: 1 << 7)
    package static let localPath = PresentFields(rawValue: 1 << 8)

    static let names: [(name: String, field: PresentFields)] = [
        (FileRefFields.assetID, .assetID), (FileRefFields.sha256, .sha256), (FileRefFields.role, .role),
        (FileRefFields.mime, .mime), (FileRefFields.width, .width), (FileRefFields.height, .height),
        (FileRefFields.remoteID, .remoteID), (FileRefFields.remoteURL, .remoteURL),
        (FileRefFields.localPath, .localPath),
    ]
}
