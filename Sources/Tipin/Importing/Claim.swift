internal import TipinAssets
internal import TipinDiagnostics

/// What a mention says it means, before anything is read or fetched.
enum Claim: Sendable {
    case settled(Resolution, warnings: [Problem] = [])
    case known(ResolvedAsset)
    /// Known, but the address beside the id or digest is one that the asset is not known by: are they the same picture?
    /// One in a later member may be another picture's.
    case compare(ResolvedAsset, address: String, isInLaterMember: Bool)
    /// Only the address leads to it.
    case address(AddressImports.Address, AddressMeaning = AddressMeaning())
    /// An id that nobody knows, without an address.
    case unknown(id: String, Problem)

    /// Known by its id, and by nothing else: the address in a later member is another picture's, or nobody knows.
    static func passedOver(_ asset: ResolvedAsset) -> Claim {
        var asset = asset
        asset.standingAddress = .another
        return .known(asset)
    }
}
