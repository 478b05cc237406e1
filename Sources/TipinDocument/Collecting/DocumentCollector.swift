package import TipinJSON

/// Reads one document and finds its mentions.
package struct DocumentCollector: Sendable {
    package let rules: CompiledRules
    /// Objects and arrays inside one another; a string with a document in it is a level too.
    package let depthLimit: Int

    package init(rules: CompiledRules, depthLimit: Int = 512) {
        self.rules = rules
        self.depthLimit = depthLimit
    }

    /// - Parameters:
    ///   - folderName: of the folder in which the document lies: `characters` says what a record is.
    ///   - watcher: gets the tokens too, and may end it with `.stopped`.
    ///   - isShared: whether a second thread may do a part of the work.
    /// - Returns: `nil` where the JSON is no document.
    package func collect(
        _ bytes: [UInt8], folderName: String? = nil, watcher: (any TokenConsumer)? = nil, isShared: Bool = false
    ) throws(JSONError) -> CollectedDocument? {
        let outcome = bytes.withUnsafeBufferPointer { text -> Result<Collector?, JSONError> in
            let collector = Collector(text, rules: rules, depthLimit: depthLimit)
            let consumer: any TokenConsumer = watcher.map { TokenFork($0, collector) } ?? collector
            do throws(JSONError) {
                try Tokenizer.run(text, depthLimit: depthLimit, isShared: isShared, consumer: consumer)
                return .success(collector)
            } catch {
                return .failure(error)
            }
        }
        guard let collector = try outcome.get(), let kind = kind(of: collector.root, folderName) else { return nil }
        return document(bytes, collector, kind, folderName)
    }

    /// Whether the root has a member that only books have, told without looking into its values: `false` is certain
    /// for every document that can be read.
    package func mayBeBook(_ bytes: [UInt8]) -> Bool {
        bytes.withUnsafeBufferPointer { text in
            guard let start = text.firstIndex(of: UInt8(ascii: "{")) else { return false }
            return ObjectLayout(text, objectAt: start).members.contains { member in
                // The text may be no JSON at all.
                guard member.key.count >= 2, text[member.key.lowerBound] == UInt8(ascii: "\"") else { return false }
                let meaning = rules.meaning(of: member.keyBytes, in: text)
                switch meaning.kind {
                case .collection: return true
                case .field: return rules.table.fields[Int(meaning.index)].marksBook
                default: return false
                }
            }
        }
    }

    /// The first that fits of: book, document, chapter, record.
    private func kind(of root: Collector.RootFacts, _ folderName: String?) -> CollectedDocument.Kind? {
        if root.isArray { return root.isNodeArray ? .doc : nil }
        if root.isDocument { return .doc }
        if root.bookField { return isRecord(root, folderName) ? .record : .book }
        if root.holdsDocument || root.holdsHTML { return .chapter }
        if root.wrapsDocument { return root.id == nil ? .doc : .chapter }
        if root.holdsUnread { return .chapter }
        if root.entityField != nil { return .record }
        return root.isNode ? .doc : nil
    }

    /// A character has a gallery too: what calls itself an entity, or lies among others of its kind, is one.
    private func isRecord(_ root: Collector.RootFacts, _ folderName: String?) -> Bool {
        guard !root.collectionField else { return false }
        return rules.table.collections.contains { row in
            row.entity != .chapter && (row.name == folderName || row.entity.rawValue == root.typeName)
        }
    }

    private func document(
        _ bytes: [UInt8], _ collector: Collector, _ kind: CollectedDocument.Kind, _ folderName: String?
    ) -> CollectedDocument {
        let root = collector.root
        var document = CollectedDocument(bytes: bytes, rules: rules, kind: kind, id: root.id, bookID: root.bookID)
        document.mentions = collector.result.mentions.filter { $0.owned.isPresent }
            .sorted { $0.value.start < $1.value.start }
        document.scopes = collector.result.scopes
        document.manifests = collector.result.manifests
        document.htmlContents = collector.result.htmlContents
        document.unreadContents = collector.result.unreadContents
        document.looseAddresses = collector.result.looseAddresses
        document.unknownValues = collector.result.unknownValues
        document.paths = collector.result.paths
        document.roles = collector.result.roles
        document.suffixes = collector.result.suffixes
        document.scopes[0].type = rootEntity(kind, root, folderName)
        document.scopes[0].id = kind == .doc ? nil : root.id
        return document
    }

    /// A record says what it is by its `type`, else by its folder's name, else by its first entity field.
    private func rootEntity(
        _ kind: CollectedDocument.Kind, _ root: Collector.RootFacts, _ folderName: String?
    ) -> EntityType {
        switch kind {
        case .book, .doc: return .book
        case .chapter: return .chapter
        case .record:
            let types = rules.table.collections.map(\.entity)
            if let name = root.typeName, let type = types.first(where: { $0.rawValue == name }) { return type }
            if let row = rules.table.collections.first(where: { $0.name == folderName }) { return row.entity }
            return root.entityField ?? .book
        }
    }
}
