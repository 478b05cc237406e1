package import TipinDocument

/// What replacing a document's links did.
package struct LinkChanges: Sendable, Equatable {
    /// A cover that a document wants where another one stands that did not come from it.
    package struct Contradiction: Sendable, Equatable {
        package var entity: Entity
        /// The cover that stays.
        package var standing: AssetLink
        package var wantedAssetID: String
    }

    package var added: [AssetLink] = []
    package var removed: [AssetLink] = []
    package var contradictions: [Contradiction] = []

    package init() {}
}
