package import TipinDocument

/// Why a link was not changed.
package enum LinkError: Error, Sendable, Equatable {
    /// The asset is not linked to the entity in that role.
    case missing(asset: String, Entity, AssetRole)
}
