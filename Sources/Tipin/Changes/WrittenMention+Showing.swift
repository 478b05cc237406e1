internal import TipinJSON

extension WrittenMention {
    /// What the mention said before the run, for people.
    var shownOld: String { shown(old) }

    /// What the run wrote, for people.
    var shownNew: String { shown(new) }

    /// The members that tell the run's doing; the whole value where it has none of them.
    private func shown(_ values: MemberValues) -> String {
        let keys = (changedKeys ?? []) + [Array("assetId".utf8)]
        var seen: Set<[UInt8]> = []
        let members = keys.compactMap { key -> [UInt8]? in
            guard seen.insert(key).inserted, let value = values.members?[key] else { return nil }
            return JSONString.encode(key) + [UInt8(ascii: ":")] + value.text
        }
        let text = members.isEmpty ? values.text : Array("{".utf8) + members.joined(separator: [0x2C]) + Array("}".utf8)
        return ValueTree(text)?.shown() ?? ""
    }
}
