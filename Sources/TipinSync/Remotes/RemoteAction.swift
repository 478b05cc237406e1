/// What was being done when a remote failed.
package enum RemoteAction: Sendable {
    case uploading, downloading, asking, opening
}
