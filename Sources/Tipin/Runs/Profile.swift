/// What a rewrite is for (RULES "What is written").
package enum Profile: String, Sendable, CaseIterable {
    /// True on every machine.
    case portable
    /// With this machine's `localPath`.
    case device
    /// Any TipTap renderer shows every picture.
    case publish
}
