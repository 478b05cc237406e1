internal import TipinJSON

/// A JSON file that tipin wrote and that is no document, told by what is in it and not by its name (RULES 1).
enum OwnFile: Sendable, Equatable {
    /// `--report`.
    case report
    /// `--plan`.
    case plan

    /// - Parameter text: valid JSON.
    /// - Returns: `nil` where it is something else.
    init?(_ text: [UInt8]) {
        let found = text.withUnsafeBufferPointer { buffer -> OwnFile? in
            guard let start = buffer.firstIndex(where: { $0 > 0x20 }), buffer[start] == UInt8(ascii: "{") else {
                return nil
            }
            let root = ObjectLayout(buffer, objectAt: start)
            if Self.holds(root, ["tipinPlan": .number, "command": .string, "documents": .arrayStart], buffer) {
                return .plan
            }
            return Self.isReport(root, buffer) ? .report : nil
        }
        guard let found else { return nil }
        self = found
    }

    private static func isReport(_ root: ObjectLayout, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
        let members: [String: TokenKind] = [
            "command": .string, "status": .number, "dryRun": .boolean, "documents": .objectStart,
            "mentions": .objectStart, "assets": .objectStart, "written": .arrayStart, "diagnostics": .arrayStart,
        ]
        guard holds(root, members, text), root.members.allSatisfy({ isOfReport($0, text) }),
            let documents = root.member("documents", in: text),
            let mentions = root.member("mentions", in: text)
        else { return false }
        let figures: [String: TokenKind] = ["read": .number, "changed": .number]
        return [documents, mentions].allSatisfy { member in
            holds(ObjectLayout(text, objectAt: member.value.lowerBound), figures, text)
        }
    }

    /// A document that happens to have all members of a report has others too.
    private static func isOfReport(_ member: ObjectLayout.Member, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
        let names: Set<String> = [
            "command", "status", "dryRun", "documents", "mentions", "assets", "written", "removed", "run",
            "diagnostics",
        ]
        return names.contains(JSONString.text(UnsafeBufferPointer(rebasing: text[member.key])))
    }

    private static func holds(
        _ object: ObjectLayout, _ members: [String: TokenKind], _ text: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        members.allSatisfy { object.member($0.key, in: text)?.kind == $0.value }
    }
}
