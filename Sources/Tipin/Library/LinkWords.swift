internal import TipinDiagnostics
package import TipinDocument

/// The kinds of entities and the roles that a link may have (PRD 17): those that are built in, and those that the
/// configuration's `mentions` name.
package struct LinkWords: Sendable, Equatable {
    package let entityTypes: [String]
    package let roles: [String]

    package init(_ settings: Settings) {
        let table = settings.rules.table
        let types: [EntityType] = [.book, .character, .world, .location, .object, .chapter, .divider]
        let builtIn: [AssetRole] = [.cover, .avatar, .gallery, .divider, .attachment, .map, .lore]
        let ownTypes = table.collections.map(\.entity) + table.fields.map(\.entity)
        let ownRoles = table.nodes.map(\.role) + table.fields.map(\.role)
        entityTypes = Self.distinct((types + ownTypes).map(\.rawValue))
        roles = Self.distinct((builtIn + ownRoles).map(\.rawValue))
    }

    /// - Throws: `RunError.usage` for a word that is none of these.
    package func check(_ entity: Entity?, _ role: AssetRole?) throws {
        if let type = entity?.type.rawValue { try check(type, among: entityTypes, "kind of entity") }
        if let role = role?.rawValue { try check(role, among: roles, "role") }
    }

    private func check(_ word: String, among known: [String], _ what: String) throws {
        guard !known.contains(where: { $0.hasSameBytes(as: word) }) else { return }
        throw RunError.usage(
            Problem(
                .usage, "'\(Redaction.printable(String(word.prefix(24))))' is no \(what) that is known",
                notes: ["known are " + known.joined(separator: ", ")],
                help: ["give one of these, or name it under 'mentions' in tipin.json"]))
    }

    private static func distinct(_ words: [String]) -> [String] {
        var seen: Set<ByteKey> = []
        return words.filter { seen.insert(ByteKey($0)).inserted }
    }
}
