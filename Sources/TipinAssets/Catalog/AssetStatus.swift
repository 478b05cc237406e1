/// How far an asset is on its way to the remote (PRD 5.1, RULES 5 "Status").
package enum AssetStatus: String, Sendable, CaseIterable {
    case localOnly = "local_only"
    case pendingUpload = "pending_upload"
    case uploaded
    case failed
}
