package import TipinDiagnostics

/// What became of one mention in the import stage.
package struct MentionOutcome: Sendable {
    package var resolution: Resolution
    /// Done, but somebody should look.
    package var warnings: [Problem]

    package init(_ resolution: Resolution, warnings: [Problem] = []) {
        self.resolution = resolution
        self.warnings = warnings
    }

    package var asset: ResolvedAsset? {
        if case .asset(let asset) = resolution { return asset }
        return nil
    }

    /// Whether it means an asset.
    var isAsset: Bool {
        if case .asset = resolution { true } else { false }
    }

    /// A dry run would import it.
    package var isPlanned: Bool {
        if case .planned = resolution { return true }
        return false
    }

    /// Why an attachment stays as it is.
    package var passed: Problem? {
        if case .passed(let problem) = resolution { return problem }
        return nil
    }

    package var problem: Problem? {
        if case .left(let problem) = resolution { return problem }
        return nil
    }
}
