/// An answer, whatever its status.
struct TransferResponse: Sendable {
    var status: Int
    /// Names in lower case; of equal names the last.
    var headers: [String: String]
    var body: [UInt8]
}
