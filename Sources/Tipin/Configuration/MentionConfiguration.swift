package import TipinDocument

extension ConfigurationFile {
    /// Further rows of the rule table; of equal names these count, and what they do not say is as built in.
    package struct Mentions: Sendable, Equatable, Decodable {
        package struct Node: Sendable, Equatable, Decodable {
            package var type: String
            package var addresses: [String]?
            package var ids: [String]?
            package var role: String?
            /// `picture`, `video`, `audio`, `file`, or `none` for a node that is to be no mention.
            package var content: String?
            package var needsPicture: Bool?
        }

        package struct Field: Sendable, Equatable, Decodable {
            package var name: String
            package var role: String?
            package var entity: String?
            package var mayBeProse: Bool?
            package var marksBook: Bool?
        }

        /// A member that holds entities of one kind.
        package struct Collection: Sendable, Equatable, Decodable {
            package var name: String
            package var entity: String
        }

        package var nodes: [Node]?
        package var fields: [Field]?
        package var collections: [Collection]?
        /// Members of a field's object that hold an address, before the built-in ones.
        package var fieldAddresses: [String]?
        /// Members that wrap a document, besides the built-in ones.
        package var wrappers: [String]?
        /// Members that hold nodes, besides the built-in ones.
        package var contents: [String]?
        /// Hosts whose addresses in links are attachments.
        package var linkHosts: [String]?
    }
}

extension ConfigurationFile.Mentions {
    /// The built-in table with these rows before its own.
    package var table: RuleTable {
        var table = RuleTable.builtIn
        let nodes = nodes ?? []
        let replaced = Set(nodes.map(\.type))
        table.nodes =
            nodes.filter { $0.content != Self.none }.map { row in
                row.rule(over: table.nodes.first { $0.type == row.type })
            } + table.nodes.filter { !replaced.contains($0.type) }
        table.fields =
            (fields ?? []).map { row in row.rule(over: table.fields.first { $0.name == row.name }) } + table.fields
        table.collections =
            (collections ?? []).map { .init($0.name, EntityType(rawValue: $0.entity)) } + table.collections
        table.fieldAddresses = (fieldAddresses ?? []) + table.fieldAddresses
        table.wrappers += wrappers ?? []
        table.contents += contents ?? []
        return table
    }

    static let none = "none"

    /// What of it cannot be used: the way to it, and why.
    var fault: (place: [String], words: String)? {
        let first = rowFault ?? nameFault
        return first.map { (["mentions"] + $0.place, $0.words) }
    }

    private var rowFault: (place: [String], words: String)? {
        for (index, row) in (nodes ?? []).enumerated() {
            if let fault = row.fault { return (["nodes", "\(index)"] + fault.place, fault.words) }
        }
        for (index, row) in (fields ?? []).enumerated() {
            if let fault = row.fault { return (["fields", "\(index)"] + fault.place, fault.words) }
        }
        for (index, row) in (collections ?? []).enumerated() {
            if let words = Self.reserved(row.name) { return (["collections", "\(index)", "name"], words) }
            if let words = Self.badWord(row.entity) { return (["collections", "\(index)", "entity"], words) }
        }
        let table = table
        let counts = [table.nodes.count, table.fields.count, table.collections.count]
        return counts.contains { $0 > Self.rowLimit } ? ([], "more than \(Self.rowLimit) rows") : nil
    }

    private var nameFault: (place: [String], words: String)? {
        for (name, list) in [("wrappers", wrappers), ("contents", contents)] {
            for (index, entry) in (list ?? []).enumerated() {
                if let words = Self.reserved(entry) { return ([name, "\(index)"], words) }
            }
        }
        if let words = Self.badList(fieldAddresses) { return (["fieldAddresses"], words) }
        for (index, host) in (linkHosts ?? []).enumerated()
        where host.isEmpty || host.contains(where: { "/:@?#* ".contains($0) }) {
            return (["linkHosts", "\(index)"], "must be a host's name alone, without scheme and port")
        }
        return nil
    }

    /// Row numbers are one byte.
    private static let rowLimit = 250

    /// Members that mean something already.
    private static let reservedNames: Set = [
        "type", "id", "bookId", "assetId", "sha256", "attrs", "props", "marks", "text", "fileRefs",
    ]

    fileprivate static func reserved(_ name: String) -> String? {
        if name.isEmpty { return "must not be empty" }
        return reservedNames.contains(name) ? "'\(name)' means something else already" : nil
    }

    fileprivate static func badList(_ names: [String]?) -> String? {
        guard let names else { return nil }
        if names.isEmpty { return "must name at least one member" }
        return names.contains("") ? "must not have an empty name" : nil
    }

    /// Roles and kinds of entities stand in the catalog and in paths of uploads.
    fileprivate static func badWord(_ word: String?) -> String? {
        guard let word else { return nil }
        let isGood =
            !word.isEmpty && word.utf8.count <= 64
            && word.utf8.allSatisfy {
                $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") || ($0 < 0x80 && Character(.init($0)).isLetter)
                    || (0x30...0x39).contains($0)
            }
        return isGood ? nil : "must be a word of letters, digits, '-' and '_', at most 64"
    }
}

extension ConfigurationFile.Mentions.Node {
    fileprivate func rule(over row: RuleTable.Node?) -> RuleTable.Node {
        var rule = row ?? RuleTable.Node(type)
        rule.addresses = addresses ?? rule.addresses
        rule.ids = ids ?? rule.ids
        rule.role = role.map(AssetRole.init(rawValue:)) ?? rule.role
        rule.content = content.flatMap(RuleTable.Content.init(rawValue:)) ?? rule.content
        rule.needsPicture = needsPicture ?? (row == nil ? rule.content == .picture : rule.needsPicture)
        return rule
    }

    fileprivate var fault: (place: [String], words: String)? {
        typealias Mentions = ConfigurationFile.Mentions
        if type.isEmpty { return (["type"], "must not be empty") }
        if let words = Mentions.badList(addresses) { return (["addresses"], words) }
        if let words = Mentions.badList(ids) { return (["ids"], words) }
        if let words = Mentions.badWord(role) { return (["role"], words) }
        guard let content, content != Mentions.none, RuleTable.Content(rawValue: content) == nil else { return nil }
        let known = RuleTable.Content.allCases.map(\.rawValue) + [Mentions.none]
        return (["content"], "must be one of \(known.joined(separator: ", "))")
    }
}

extension ConfigurationFile.Mentions.Field {
    fileprivate func rule(over row: RuleTable.Field?) -> RuleTable.Field {
        var rule = row ?? RuleTable.Field(name, role: .attachment, entity: .book)
        rule.role = role.map(AssetRole.init(rawValue:)) ?? rule.role
        rule.entity = entity.map(EntityType.init(rawValue:)) ?? rule.entity
        rule.mayBeProse = mayBeProse ?? rule.mayBeProse
        rule.marksBook = marksBook ?? rule.marksBook
        return rule
    }

    fileprivate var fault: (place: [String], words: String)? {
        typealias Mentions = ConfigurationFile.Mentions
        if let words = Mentions.reserved(name) { return (["name"], words) }
        if let words = Mentions.badWord(role) { return (["role"], words) }
        return Mentions.badWord(entity).map { (["entity"], $0) }
    }
}
