extension DiagnosticCode {
    /// How much a diagnostic with this code weighs unless the place where it arises says otherwise.
    package var severity: Severity {
        switch self {
        case .legacyURL, .notImported, .dataURLInline, .localAddress, .addressExpires, .srcRemoved, .srcUnchecked,
            .typeMismatch, .metadataKept, .textRemoved, .credentialsRemoved, .dataRemoved, .sizeMismatch,
            .factsMissing, .factsMismatch,
            .thumbnailNotMade, .thumbnailDamaged, .assetReplaced, .manifestForeign, .configLimited,
            .relativeAddressKept, .foreignBook,
            .coverContradictsCatalog, .coverContradictsDocument, .contentUnreadable, .linkNotFollowed,
            .positionInPicture, .remoteURLMissing, .alternateAddressKept, .blobWithoutRow, .strayFile, .changesNotShown,
            .fieldValueUnknown, .statusOutdated, .rowKept:
            .warning
        case .manifestUnused, .bytesNotLookedAt: .note
        default: .error
        }
    }

    /// What `tipin explain` prints. The words stand in `Explanation+….swift`, a file for each part of the register.
    package var explanation: Explanation {
        switch self {
        case .notJSON: .notJSON
        case .invalidUTF8: .invalidUTF8
        case .nestingTooDeep: .nestingTooDeep
        case .documentTooLarge: .documentTooLarge
        case .documentEmpty: .documentEmpty
        case .documentUnreadable: .documentUnreadable
        case .linkNotFollowed: .linkNotFollowed
        case .notADocument: .notADocument
        case .noDocuments: .noDocuments
        case .documentsUnread: .documentsUnread
        case .htmlContent: .htmlContent
        case .contentUnreadable: .contentUnreadable
        case .fieldValueUnknown: .fieldValueUnknown
        case .manifestForeign: .manifestForeign
        case .manifestUnused: .manifestUnused
        case .sidecarInvalid: .sidecarInvalid
        case .bookUnknown: .bookUnknown
        case .foreignBook: .foreignBook
        case .assetUnknown: .assetUnknown
        case .assetMissing: .assetMissing
        case .assetReplaced: .assetReplaced
        case .blobMissing: .blobMissing
        case .blobDamaged: .blobDamaged
        case .sizeMismatch: .sizeMismatch
        case .outsideRoots: .outsideRoots
        case .addressDead: .addressDead
        case .addressExpires: .addressExpires
        case .addressPrivate: .addressPrivate
        case .alternateAddressKept: .alternateAddressKept
        case .legacyURL: .legacyURL
        case .notImported: .notImported
        case .dataURLInline: .dataURLInline
        case .dataURLInvalid: .dataURLInvalid
        case .localAddress: .localAddress
        case .idAmbiguous: .idAmbiguous
        case .bytesDoNotMatchID: .bytesDoNotMatchID
        case .digestMismatch: .digestMismatch
        case .srcContradictsAsset: .srcContradictsAsset
        case .srcUnchecked: .srcUnchecked
        case .srcRemoved: .srcRemoved
        case .coverContradictsCatalog: .coverContradictsCatalog
        case .coverContradictsDocument: .coverContradictsDocument
        case .linkMissing: .linkMissing
        case .rebookConflict: .rebookConflict
        case .remoteURLMissing: .remoteURLMissing
        case .notAnImage: .notAnImage
        case .imageDamaged: .imageDamaged
        case .imageTooLarge: .imageTooLarge
        case .typeNotAllowed: .typeNotAllowed
        case .typeMismatch: .typeMismatch
        case .svgRefused: .svgRefused
        case .assetTooLarge: .assetTooLarge
        case .positionInPicture: .positionInPicture
        case .metadataKept: .metadataKept
        case .textRemoved: .textRemoved
        case .credentialsRemoved: .credentialsRemoved
        case .dataRemoved: .dataRemoved
        case .factsMissing: .factsMissing
        case .factsMismatch: .factsMismatch
        case .thumbnailNotMade: .thumbnailNotMade
        case .thumbnailDamaged: .thumbnailDamaged
        case .imageWorkerFailed: .imageWorkerFailed
        case .addressRefused: .addressRefused
        case .fetchFailed: .fetchFailed
        case .assetGone: .assetGone
        case .noRemote: .noRemote
        case .remoteUnreachable: .remoteUnreachable
        case .remoteMissing: .remoteMissing
        case .uploadFailed: .uploadFailed
        case .uploadRefused: .uploadRefused
        case .downloadFailed: .downloadFailed
        case .documentNotPublished: .documentNotPublished
        case .documentChanged: .documentChanged
        case .documentLinked: .documentLinked
        case .documentNotWritten: .documentNotWritten
        case .noManifestPlace: .noManifestPlace
        case .outputCollision: .outputCollision
        case .relativeAddressKept: .relativeAddressKept
        case .diskFull: .diskFull
        case .changesNotShown: .changesNotShown
        case .planInvalid: .planInvalid
        case .planOutdated: .planOutdated
        case .runUnknown: .runUnknown
        case .runDamaged: .runDamaged
        case .runForeign: .runForeign
        case .notUndone: .notUndone
        case .catalogMissing: .catalogMissing
        case .catalogLocked: .catalogLocked
        case .catalogDamaged: .catalogDamaged
        case .catalogNewer: .catalogNewer
        case .rowUnreadable: .rowUnreadable
        case .rowKept: .rowKept
        case .statusOutdated: .statusOutdated
        case .blobWithoutRow: .blobWithoutRow
        case .strayFile: .strayFile
        case .dataFolderUnusable: .dataFolderUnusable
        case .twoDataFolders: .twoDataFolders
        case .configInvalid: .configInvalid
        case .configLimited: .configLimited
        case .usage: .usage
        case .bytesNotLookedAt: .bytesNotLookedAt
        case .interrupted: .interrupted
        case .internalError: .internalError
        }
    }
}
