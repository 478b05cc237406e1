/// The closed register of everything tipin has to say. A code is never renamed.
///
/// `DiagnosticCode+Explanation.swift` gives each case its severity and what `tipin explain` prints.
package enum DiagnosticCode: String, CaseIterable, Sendable {
    // Reading documents
    case notJSON = "not-json"
    case invalidUTF8 = "invalid-utf8"
    case nestingTooDeep = "nesting-too-deep"
    case documentTooLarge = "document-too-large"
    case documentEmpty = "document-empty"
    case documentUnreadable = "document-unreadable"
    case notADocument = "not-a-document"
    case noDocuments = "no-documents"
    case documentsUnread = "documents-unread"
    case htmlContent = "html-content"
    case manifestForeign = "manifest-foreign"
    case manifestUnused = "manifest-unused"
    case sidecarInvalid = "sidecar-invalid"
    case bookUnknown = "book-unknown"
    case foreignBook = "foreign-book"

    // What mentions mean
    case assetUnknown = "asset-unknown"
    case assetMissing = "asset-missing"
    case blobMissing = "blob-missing"
    case blobDamaged = "blob-damaged"
    case outsideRoots = "outside-roots"
    case addressDead = "address-dead"
    case addressExpires = "address-expires"
    case addressPrivate = "address-private"
    case legacyURL = "legacy-url"
    case notImported = "not-imported"
    case dataURLInline = "data-url-inline"
    case dataURLInvalid = "data-url-invalid"
    case localAddress = "local-address"
    case idAmbiguous = "id-ambiguous"
    case bytesDoNotMatchID = "bytes-do-not-match-id"
    case digestMismatch = "digest-mismatch"
    case srcContradictsAsset = "src-contradicts-asset"
    case srcUnchecked = "src-unchecked"
    case srcRemoved = "src-removed"
    case coverContradictsCatalog = "cover-contradicts-catalog"
    case coverContradictsDocument = "cover-contradicts-document"
    case linkMissing = "link-missing"
    case rebookConflict = "rebook-conflict"
    case remoteURLMissing = "remote-url-missing"

    // Pictures
    case notAnImage = "not-an-image"
    case imageDamaged = "image-damaged"
    case imageTooLarge = "image-too-large"
    case typeNotAllowed = "type-not-allowed"
    case typeMismatch = "type-mismatch"
    case svgRefused = "svg-refused"
    case assetTooLarge = "asset-too-large"
    case positionInPicture = "position-in-picture"
    case imageWorkerFailed = "image-worker-failed"

    // Legacy hosts
    case addressRefused = "address-refused"
    case fetchFailed = "fetch-failed"
    case assetGone = "asset-gone"

    // The remote
    case noRemote = "no-remote"
    case remoteUnreachable = "remote-unreachable"
    case remoteMissing = "remote-missing"
    case uploadFailed = "upload-failed"
    case uploadRefused = "upload-refused"
    case downloadFailed = "download-failed"
    case documentNotPublished = "document-not-published"

    // Writing
    case documentChanged = "document-changed"
    case documentLinked = "document-linked"
    case documentNotWritten = "document-not-written"
    case noManifestPlace = "no-manifest-place"
    case outputCollision = "output-collision"
    case relativeAddressKept = "relative-address-kept"
    case diskFull = "disk-full"

    // The catalog, the data folder, the configuration
    case catalogMissing = "catalog-missing"
    case catalogLocked = "catalog-locked"
    case catalogDamaged = "catalog-damaged"
    case catalogNewer = "catalog-newer"
    case blobWithoutRow = "blob-without-row"
    case strayFile = "stray-file"
    case dataFolderUnusable = "data-folder-unusable"
    case twoDataFolders = "two-data-folders"
    case configInvalid = "config-invalid"
    case configLimited = "config-limited"
    case usage
    case bytesNotLookedAt = "bytes-not-looked-at"
    case interrupted
    case internalError = "internal"
}
