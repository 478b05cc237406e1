/// What kind of value stands where an address is expected.
package enum AddressShape: Sendable, Equatable {
    /// Not there, or null.
    case missing
    case text, number, boolean, array, object
}
