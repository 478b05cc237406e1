internal import TipinJSON

extension Collector {
    /// Adds the mention that the closing object is, if it is one.
    func emitMention(_ depth: Int, _ range: ByteRange) {
        let frame = frames[depth]
        if frame.flags.contains(.isField) {
            emitFieldObject(depth, range)
        } else if frame.type.isPresent, let index = rules.nodeIndex(ofType: frame.type, in: text),
            frame.attributes.isPresent || frame.flags.contains(.inNodes) || (depth == 1 && frames[0].isArray)
        {
            emitNode(depth, range, rule: index)
        } else if frame.flags.contains([.hasAssetID, .hasDigest]) {
            emitFileRef(depth, range)
        }
    }

    private func emitNode(_ depth: Int, _ range: ByteRange, rule index: UInt8) {
        let frame = frames[depth]
        let rule = rules.table.nodes[Int(index)]
        if frame.attributes.isPresent {
            let names = ObjectNames(text, frame.attributes, attributesKey(of: frame.attributes))
            emitNode(names, frame.attributes, rule, index, depth)
            return
        }
        // An object with a `type` is a node where nodes stand; deeper in attributes it may be anything.
        guard depth == 0 || frames[depth - 1].isArray || frames[depth - 1].meaning.kind == .content else { return }
        let names = ObjectNames(text, range, nil)
        if names.firstText(of: rule.ids) != nil || names.firstPresent(of: rule.addresses) != nil {
            emitNode(names, range, rule, index, depth)
        } else if rule.needsPicture {
            add(.dead, .node, range, value: range, suffix: "", rule: index, rule.role, depth)
        } else {
            noteLooseAddresses(names, range, rule, depth)
        }
    }

    /// - Parameter owned: the object with the attributes, which `names` are of.
    private func emitNode(
        _ names: ObjectNames, _ owned: ByteRange, _ rule: RuleTable.Node, _ index: UInt8, _ depth: Int
    ) {
        let id = names.firstText(of: rule.ids)
        let address = address(in: names, of: rule).map { inner(of: $0, names) }
        let form = address.map { self.form(of: $0.member) } ?? .dead
        if id == nil, !rule.hosts.isEmpty, !isAt(rule.hosts, address?.member, form) { return }
        if let address, form != .dead || id == nil {
            guard form != .dead || rule.needsPicture || !isEmptyString(address.member) else {
                return noteLooseAddresses(names, owned, rule, depth)
            }
            add(
                id == nil ? form : .assetID, .node, owned, value: address.member.valueBytes,
                suffix: names.pointer(address.name), rule: index, rule.role, depth)
        } else if let id {
            add(
                .assetID, .node, owned, value: id.member.valueBytes, suffix: names.pointer(id.name),
                rule: index, rule.role, depth)
        } else if rule.needsPicture {
            add(.dead, .node, owned, value: owned, suffix: names.pointer(nil), rule: index, rule.role, depth)
        } else {
            noteLooseAddresses(names, owned, rule, depth)
        }
    }

    private func noteLooseAddresses(_ names: ObjectNames, _ owned: ByteRange, _ rule: RuleTable.Node, _ depth: Int) {
        guard names.firstPresent(of: rules.table.alternates) != nil else { return }
        let others = MemberReader(text, objectAt: Int(owned.start)).alternates(rules.table.alternates)
        guard let first = others.first, let member = names.present(first.name) else { return }
        let pointer = CollectedDocument.pointer(ofPath: path(of: depth), in: result.paths)
        result.looseAddresses.append(
            .init(
                value: documentRange(member.valueBytes), pointer: pointer + names.pointer(first.name),
                content: rule.content, addresses: others))
    }

    /// The first member that says something, else the first that is there: that one an editor shows.
    private func address(
        in names: ObjectNames, of rule: RuleTable.Node
    ) -> (name: String, member: ObjectLayout.Member)? {
        for name in rule.addresses {
            if let member = names.present(name), !isEmptyString(member) { return (name, member) }
        }
        return names.firstPresent(of: rule.addresses)
    }

    /// The member that holds the address where an object stands in its place.
    private func inner(
        of address: (name: String, member: ObjectLayout.Member), _ names: ObjectNames
    ) -> (name: String, member: ObjectLayout.Member) {
        guard address.member.kind == .objectStart else { return address }
        let object = ObjectNames(text, address.member.valueBytes, nil)
        guard let inner = object.firstPresent(of: rules.table.innerAddresses) else { return address }
        return (address.name + "/" + inner.name, inner.member)
    }

    private func isAt(_ hosts: [String], _ member: ObjectLayout.Member?, _ form: Mention.Form) -> Bool {
        guard let member, form == .remoteURL else { return false }
        return AddressForm.host(of: beginning(of: member.valueBytes)).map(hosts.contains) ?? false
    }

    private func emitFieldObject(_ depth: Int, _ range: ByteRange) {
        let frame = frames[depth]
        let field = rules.table.fields[Int(frame.rule)]
        let names = ObjectNames(text, range, nil)
        let role = names.text("role").map { AssetRole(rawValue: nonEmptyText($0.valueBytes) ?? "") }
        let order = depth > 0 && frames[depth - 1].isArray ? frames[depth - 1].index : 0
        func add(_ form: Mention.Form, _ value: ByteRange, _ suffix: String) {
            self.add(
                form, .fieldObject, range, value: value, suffix: suffix, rule: frame.rule, role ?? field.role, depth,
                order: order)
        }
        if let id = names.text("assetId") {
            return names.text("sha256") != nil ? add(.fileRef, range, "") : add(.assetID, id.valueBytes, "/assetId")
        }
        for name in rules.table.fieldAddresses {
            guard let member = names.present(name), !isEmptyString(member) else { continue }
            // It is a mention of its own.
            if names.holdsFileRef(member) { return }
            let address = inner(of: (name, member), names)
            return add(form(of: address.member), address.member.valueBytes, "/" + address.name)
        }
        // A FileRef that lacks its id: the digest names the picture, else its own addresses do.
        if let digest = names.text("sha256"), isDigest(digest.valueBytes) { return add(.fileRef, range, "") }
        for name in FileRefFields.addresses {
            guard let member = names.text(name), !isEmptyString(member) else { continue }
            return add(form(of: member), member.valueBytes, "/" + name)
        }
        let holdsMentions = frame.flags.contains(.hasMentions) || hot.pointee.mentionCount > frame.mentionsBefore
        if !holdsMentions, names.mayNamePicture(by: rules.table.fieldAddresses) {
            noteUnknown(range, of: field, path: path(of: depth))
        }
    }

    /// A number or an array where a field has a picture.
    /// - Parameter top: the frame that the value stands in.
    func noteUnknown(_ value: ByteRange, in top: Int) {
        let isElement = frames[top].isArray
        let field = rules.table.fields[Int(isElement ? frames[top].rule : frames[top].meaning.index)]
        let path = path(of: top, member: isElement ? nil : nonEmptyText(frames[top].key) ?? "")
        noteUnknown(value, of: field, path: path)
    }

    /// What may be prose may be anything.
    private func noteUnknown(_ value: ByteRange, of field: RuleTable.Field, path: Int32) {
        guard !field.mayBeProse else { return }
        let pointer = CollectedDocument.pointer(ofPath: path, in: result.paths)
        result.unknownValues.append(.init(value: documentRange(value), pointer: pointer))
    }

    private func emitFileRef(_ depth: Int, _ range: ByteRange) {
        let names = ObjectNames(text, range, nil)
        guard names.text("assetId") != nil, names.text("sha256") != nil else { return }
        let role = names.text("role").flatMap { nonEmptyText($0.valueBytes) }.map(AssetRole.init(rawValue:))
        add(.fileRef, .fileRef, range, value: range, suffix: "", rule: 0, role ?? .attachment, depth)
    }

    /// A string that is the value of a book field or an element of one.
    func fieldString(_ token: ByteRange, _ top: Int) {
        let isElement = frames[top].isArray
        let index = isElement ? frames[top].rule : frames[top].meaning.index
        let field = rules.table.fields[Int(index)]
        if !isElement { noteField(top) }
        let beginning = beginning(of: token)
        guard !AddressForm.trimmed(beginning).isEmpty else { return }
        guard !field.mayBeProse || AddressForm.looksLikeAddress(beginning) else { return }
        // Not the frame itself but the value in it: the path goes one step further.
        let path = path(of: top, member: isElement ? nil : nonEmptyText(frames[top].key) ?? "")
        append(
            form(ofAddress: beginning), .fieldString, token, value: token, suffix: "", rule: index, field.role,
            scope: frames[top].scope, path: path, order: isElement ? frames[top].index : 0)
    }

    // MARK: Parts

    private func add(
        _ form: Mention.Form, _ site: Mention.Site, _ owned: ByteRange, value: ByteRange, suffix: String, rule: UInt8,
        _ role: AssetRole, _ depth: Int, order: Int32 = 0
    ) {
        append(
            form, site, owned, value: value, suffix: suffix, rule: rule, role, scope: frames[depth].scope,
            path: path(of: depth), order: order)
    }

    private func append(
        _ form: Mention.Form, _ site: Mention.Site, _ owned: ByteRange, value: ByteRange, suffix: String, rule: UInt8,
        _ role: AssetRole, scope: Int32, path: Int32, order: Int32
    ) {
        hot.pointee.mentionCount += 1
        result.mentions.append(
            Mention(
                form: form, site: site, nesting: nesting, rule: rule,
                role: UInt16(position(of: role, in: &result.roles)),
                value: documentRange(value), owned: documentRange(owned), scope: scope, path: path,
                suffix: UInt16(position(of: suffix, in: &result.suffixes)), manifest: -1, order: order))
    }

    private func position<Element: Equatable>(of element: Element, in list: inout [Element]) -> Int {
        if let index = list.firstIndex(of: element) { return index }
        // A hostile document may invent roles without end; the table may not grow with it.
        if list.count >= 4096 { return 0 }
        list.append(element)
        return list.count - 1
    }

    /// A range of this text in the document's offsets.
    func documentRange(_ range: ByteRange) -> ByteRange {
        guard let outer else { return range }
        return outer.collector.documentRange(
            ByteRange(outer.text.outerRange(of: range.range, in: outer.collector.text)))
    }

    private func form(of member: ObjectLayout.Member) -> Mention.Form {
        guard member.kind == .string else { return .dead }
        let token = member.valueBytes
        return commonForm(of: token) ?? form(ofAddress: beginning(of: token))
    }

    /// The forms that nearly all mentions have, told by their first bytes.
    private func commonForm(of token: ByteRange) -> Mention.Form? {
        let inside = UnsafeBufferPointer(rebasing: text[(Int(token.start) + 1)..<Int(token.end)])
        if inside.starts(with: Self.dataScheme) { return .dataURL }
        guard inside.starts(with: Self.httpScheme) else { return nil }
        var position = Self.httpScheme.count
        if inside[position] == UInt8(ascii: "s") { position += 1 }
        guard inside[position...].starts(with: Self.authority) else { return nil }
        position += Self.authority.count
        let start = position
        while Self.isPlainHost(inside[position]) { position += 1 }
        guard position > start + 1, inside[position] == UInt8(ascii: "/") else { return nil }
        // Hosts that end with `.localhost` are an app's own: their paths may be files.
        let mayBeLocal =
            inside[position - 1] | 0x20 == UInt8(ascii: "t") && inside[position - 2] | 0x20 == UInt8(ascii: "s")
        return mayBeLocal ? nil : .remoteURL
    }

    @inline(__always)
    private static func isPlainHost(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "."), UInt8(ascii: "-"): true
        default: false
        }
    }

    private static let dataScheme = Array("data:".utf8)
    private static let httpScheme = Array("http".utf8)
    private static let authority = Array("://".utf8)

    private func form(ofAddress beginning: String) -> Mention.Form {
        switch AddressForm(beginning) {
        case .dataURL: .dataURL
        case .remoteURL: .remoteURL
        case .localFile: .localFile
        case .dead: .dead
        }
    }

    private func isEmptyString(_ member: ObjectLayout.Member) -> Bool {
        guard member.kind == .string, !member.beginsVisibly(in: text) else { return false }
        return AddressForm.trimmed(beginning(of: member.valueBytes)).isEmpty
    }

    /// The first part of a string, enough to know its form without reading a picture of many megabytes.
    private func beginning(of token: ByteRange) -> String {
        guard token.count > 6000 else { return nonEmptyText(token) ?? "" }
        var head = text[Int(token.start)..<(Int(token.start) + 4096)]
        // No escape may be cut in two; the longest, a surrogate pair, has 12 bytes.
        if let backslash = head.suffix(12).firstIndex(of: UInt8(ascii: "\\")) { head = head[..<backslash] }
        return (Array(head) + [UInt8(ascii: "\"")]).withUnsafeBufferPointer(JSONString.text)
    }

    /// `attrs` or `props`: the key before the object.
    private func attributesKey(of object: ByteRange) -> String {
        var end = Int(object.start)
        while end > 0, text[end - 1] != UInt8(ascii: "\"") { end -= 1 }
        return text[..<max(end - 1, 0)].suffix(5).elementsEqual("props".utf8) ? "props" : "attrs"
    }

    /// The path of a frame, or of a member's value or the open element in it. Made once for each frame.
    private func path(of depth: Int, member: String?) -> Int32 {
        let parent = path(of: depth)
        let name: CollectedDocument.PathStep.Name =
            member.map { .key($0) } ?? .index(Int(frames[depth].index))
        result.paths.append(.init(parent: parent, name: name))
        return Int32(result.paths.count - 1)
    }

    func path(of depth: Int) -> Int32 {
        guard depth > 0 else { return rootPath }
        var first = depth
        while first > 0, frames[first].path < 0 { first -= 1 }
        guard first < depth else { return frames[depth].path }
        for level in (first + 1)...depth {
            let container = frames[level - 1]
            let name: CollectedDocument.PathStep.Name =
                container.isArray ? .index(Int(container.index)) : .key(nonEmptyText(container.key) ?? "")
            let parent = level == 1 ? rootPath : frames[level - 1].path
            result.paths.append(.init(parent: parent, name: name))
            frames[level].path = Int32(result.paths.count - 1)
        }
        return frames[depth].path
    }
}
