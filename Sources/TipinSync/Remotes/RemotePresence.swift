/// What a remote says of an address.
package enum RemotePresence: Sendable, Equatable {
    case present
    /// Nothing stands there (404, 410, no such file).
    case missing
    /// Something else stands there; the words say what.
    case different(String)
    /// It could not be found out.
    case unknown(RemoteError)
}
