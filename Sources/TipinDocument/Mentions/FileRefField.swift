internal import TipinJSON

/// A member that tipin reads and writes in FileRefs.
enum FileRefField: UInt8, CaseIterable {
    case assetID, sha256, role, mime, width, height, remoteID, remoteURL, localPath

    var name: String {
        switch self {
        case .assetID: FileRefFields.assetID
        case .sha256: FileRefFields.sha256
        case .role: FileRefFields.role
        case .mime: FileRefFields.mime
        case .width: FileRefFields.width
        case .height: FileRefFields.height
        case .remoteID: FileRefFields.remoteID
        case .remoteURL: FileRefFields.remoteURL
        case .localPath: FileRefFields.localPath
        }
    }

    /// By the members' keys.
    static let table = ByteTable(allCases.map { ($0.name, $0) })
}
