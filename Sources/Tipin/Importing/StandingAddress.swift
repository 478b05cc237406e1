/// What is known of the address that stands beside an asset's id.
package enum StandingAddress: Sendable {
    /// It leads to the asset, or to nothing.
    case agrees
    /// It could not be read, so what it leads to is known to nobody.
    case unchecked
    /// It is in a later one of the members that may hold an address, and not known to be the asset's.
    case another
}
