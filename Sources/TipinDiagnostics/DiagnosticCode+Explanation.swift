extension DiagnosticCode {
    /// How much a diagnostic with this code weighs unless the place where it arises says otherwise.
    package var severity: Severity {
        switch self {
        case .legacyURL, .notImported, .dataURLInline, .localAddress, .addressExpires, .srcRemoved, .srcUnchecked,
            .typeMismatch,
            .manifestForeign, .configLimited, .relativeAddressKept, .foreignBook, .coverContradictsCatalog,
            .coverContradictsDocument, .positionInPicture, .remoteURLMissing:
            .warning
        case .manifestUnused, .bytesNotLookedAt: .note
        default: .error
        }
    }
}
