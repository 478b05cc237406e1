/// What a token is.
package enum TokenKind: UInt8, Sendable {
    case objectStart, objectEnd, arrayStart, arrayEnd, key, string, number, boolean, null
}
