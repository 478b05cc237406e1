/// What a host answered.
package struct FetchedBytes: Sendable {
    package var bytes: [UInt8]
    /// Where they came from after all redirects.
    package var finalURL: String
    /// As the host says it; never believed.
    package var contentType: String?
}
