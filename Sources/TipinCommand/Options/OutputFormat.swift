enum OutputFormat: String, CaseIterable {
    /// For people.
    case text
    /// For machines: one object a line on standard output.
    case json
}
