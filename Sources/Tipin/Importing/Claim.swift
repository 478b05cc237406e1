internal import TipinAssets
internal import TipinDiagnostics
internal import TipinDocument

/// What a mention says it means, before anything is read or fetched.
enum Claim: Sendable {
    case settled(Resolution, warnings: [Problem] = [])
    case known(ResolvedAsset)
    /// Known, but the address beside the id is one that the asset is not known by: are they the same picture?
    /// One in a later member may be another picture's.
    case compare(ResolvedAsset, address: String, isInLaterMember: Bool)
    /// Only the address tells; `id` is what the document calls it, where it gives it a name.
    case address(String, id: String?)
    /// Only a `data:` URL tells.
    case inline(InlineAddress)
    /// An id that nobody knows, without an address.
    case unknown(id: String, Problem)

    /// Where only an address tells.
    var address: (AddressImports.Address, id: String?)? {
        switch self {
        case .address(let text, let id): (.text(text), id)
        case .inline(let address): (.inline(address), nil)
        case .settled, .known, .compare, .unknown: nil
        }
    }
}
