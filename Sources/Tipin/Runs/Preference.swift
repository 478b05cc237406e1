/// Whose word counts where a document and the catalog contradict each other.
package enum Preference: String, Sendable, CaseIterable { case document, catalog }
