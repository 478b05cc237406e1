internal import TipinAssets
internal import TipinDocument
internal import TipinJSON

/// Written and read by hand: a run over lines has a journal line for the links of each of them.
extension LinkStep {
    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            Self.write(after, "after", &writer)
            Self.write(before, "before", &writer)
            Self.write(displaced, "displaced", &writer)
            writer.key("mark")
            Self.write(mark, &writer)
        }
    }

    private static func write(_ links: [Link], _ name: String, _ writer: inout JSONWriter) {
        writer.key(name)
        writer.array { writer in for link in links { write(link, &writer) } }
    }

    private static func write(_ link: Link, _ writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("assetId", link.assetID)
            if let description = link.description { writer.member("description", description) }
            writer.key("entity")
            writer.object { writer in
                writer.member("id", link.entity.id)
                writer.member("type", link.entity.type.rawValue)
            }
            writer.key("marks")
            writer.array { writer in for mark in link.marks { write(mark, &writer) } }
            writer.member("role", link.role)
            writer.member("sortOrder", link.sortOrder)
            writer.member("tags", link.tags)
        }
    }

    private static func write(_ mark: DocumentMark, _ writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("book", mark.book)
            writer.member("document", mark.document)
            writer.member("kind", mark.kind)
        }
    }
}

extension RecordedLinks {
    /// Reads a line of a journal.
    /// - Returns: `nil` where it is not just as it is written here: then `Codable` says what is to be made of it.
    init?(journalLine line: [UInt8]) {
        guard let tree = ValueTree(line), let root = ObjectMembers(tree, at: 0), case let path = root.text("path"),
            root.count == (path == nil ? 1 : 2), let step = root.object("links"), step.count == 4,
            let mark = step.object("mark").flatMap(DocumentMark.init),
            let before = Self.links(step.objects("before")), let after = Self.links(step.objects("after")),
            let displaced = Self.links(step.objects("displaced"))
        else { return nil }
        self.init(
            LinkStep(mark: mark, before: before, after: after, displaced: displaced), ofDocumentAt: path)
    }

    private static func links(_ objects: [ObjectMembers]?) -> [LinkStep.Link]? {
        guard let objects else { return nil }
        let links = objects.compactMap(LinkStep.Link.init)
        return links.count == objects.count ? links : nil
    }
}

extension LinkStep.Link {
    fileprivate init?(_ members: ObjectMembers) {
        let description = members.text("description")
        guard members.count == (description == nil ? 6 : 7), let asset = members.text("assetId"),
            let entity = members.object("entity"), let type = entity.text("type"), let id = entity.text("id"),
            let role = members.text("role"), let order = members.number("sortOrder"), let tags = members.texts("tags"),
            let objects = members.objects("marks")
        else { return nil }
        let marks = objects.compactMap(DocumentMark.init)
        guard marks.count == objects.count else { return nil }
        self.init(
            assetID: asset, entity: Entity(type: EntityType(rawValue: type), id: id), role: role, sortOrder: order,
            tags: tags, description: description, marks: marks)
    }
}

extension DocumentMark {
    fileprivate init?(_ members: ObjectMembers) {
        guard members.count == 3, let book = members.text("book"), let kind = members.text("kind"),
            let document = members.text("document")
        else { return nil }
        self.init(book: book, kind: kind, document: document)
    }
}
