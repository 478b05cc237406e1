internal import TipinAssets
internal import TipinDocument

/// What a profile lets stand in a document of an asset (the table of RULES "What is written").
struct ProfileMembers: Sendable {
    let profile: Profile
    let dropsSrc: Bool
    let fillsSize: Bool

    /// - Parameter details: what stands there now.
    func members(of asset: ResolvedAsset, role: AssetRole, _ details: MentionDetails) -> AssetMembers {
        let row = asset.row
        var members = AssetMembers(
            assetID: asset.documentID, sha256: asset.documentDigest,
            role: AssetRole(rawValue: asset.told?.role ?? asset.linkedRole ?? role.rawValue),
            mime: row?.mime ?? asset.told?.mime,
            width: row?.width, height: row?.height, remoteID: asset.copy?.id, remoteURL: asset.copy?.url)
        members.address = address(asset, details)
        members.localPath = localPath(asset)
        members.fillsSize = fillsSize
        return members
    }

    private func address(_ asset: ResolvedAsset, _ details: MentionDetails) -> AssetMembers.Change {
        let drops = dropsSrc && profile != .publish && !details.isHeld
        if let copy = asset.copy, copy.isVouchedFor || !Self.isRemote(details.address) {
            return drops ? .remove : .set(copy.url)
        }
        guard details.hasAddressMember else { return .keep }
        if details.isHeld || (details.isBesideRemoteURL && !drops) { return .keep }
        guard let address = details.address else { return .remove }
        switch AddressForm(address) {
        case .remoteURL: return drops ? .remove : .keep
        // Nothing is taken away before the bytes are durable elsewhere, nor what may lead to other bytes.
        case .dataURL, .localFile:
            return asset.blobPath == nil || asset.standingAddress == .unchecked ? .keep : .remove
        case .dead: return .remove
        }
    }

    /// What was only told does not take the place of an address that may well work.
    private static func isRemote(_ address: String?) -> Bool {
        guard let address, case .remoteURL = AddressForm(address) else { return false }
        return true
    }

    private func localPath(_ asset: ResolvedAsset) -> AssetMembers.Change {
        if let path = asset.blobPath { return profile == .device ? .set(path) : .remove }
        let hasAddress = asset.copy != nil || asset.told?.remoteURL != nil
        return hasAddress ? .remove : .keep
    }
}
