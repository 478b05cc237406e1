import Foundation
import TipinDocument

/// What differs between two JSON texts beyond the members that a rewrite may touch (RULES 4).
struct MemberComparison {
    private static let refMembers: Set = [
        "assetId", "sha256", "role", "mime", "width", "height", "remoteId", "remoteUrl", "localPath",
    ]
    private static let addresses = Set(RuleTable.builtIn.nodes.flatMap(\.addresses) + RuleTable.builtIn.fieldAddresses)

    /// JSON pointers of what changed and must not, with both values.
    private(set) var faults: [String] = []

    init(_ before: String, _ after: String) {
        if let old = Self.value(before), let new = Self.value(after) {
            compare(old, new, "")
            return
        }
        let (old, new) = (before.split(separator: "\n"), after.split(separator: "\n"))
        guard old.count == new.count, old.count > 1 else {
            if before != after { faults.append("not JSON, but changed") }
            return
        }
        for (old, new) in zip(old, new) { faults += MemberComparison(String(old), String(new)).faults }
    }

    private static func value(_ text: String) -> Any? {
        // Foundation takes no lone surrogates; what stands in their place is the same on both sides.
        let whole = text.replacing(/\\u[dD][89a-fA-F][0-9a-fA-F]{2}/, with: "?")
        return try? JSONSerialization.jsonObject(with: Data(whole.utf8), options: .fragmentsAllowed)
    }

    /// A document that is written as a string is compared as what it says.
    private static func nested(_ text: String) -> Any? {
        value(text).flatMap { $0 is String || $0 is [Any] || $0 is [String: Any] ? $0 : nil }
    }

    private mutating func compare(_ old: Any, _ new: Any, _ pointer: String) {
        switch (old, new) {
        case (let old as [String: Any], let new as [String: Any]): compare(members: old, new, pointer)
        case (let old as [Any], let new as [Any]) where old.count == new.count:
            for (index, pair) in zip(old, new).enumerated() { compare(pair.0, pair.1, "\(pointer)/\(index)") }
        case (is String, let new as [String: Any]) where Set(new.keys).isSubset(of: Self.refMembers): break
        case (let old as String, let new as String) where old != new:
            if let old = Self.nested(old), let new = Self.nested(new) {
                compare(old, new, pointer + "#")
            } else {
                faults.append("\(pointer): '\(old)' → '\(new)'")
            }
        default:
            if "\(old)" != "\(new)" { faults.append("\(pointer): \(old) → \(new)") }
        }
    }

    private mutating func compare(members old: [String: Any], _ new: [String: Any], _ pointer: String) {
        for key in Set(old.keys).union(new.keys).sorted() {
            let place = "\(pointer)/\(key)"
            switch (old[key], new[key]) {
            case (let old?, let new?):
                let isOwned = Self.refMembers.contains(key) || Self.addresses.contains(key)
                if !isOwned || old is [String: Any] { compare(old, new, place) }
            case (nil, let new?) where key == "fileRefs":
                if !(new is [String: Any]) { faults.append("\(place): \(new)") }
            case (nil, _?) where pointer.hasSuffix("/fileRefs"): break
            case (nil, _?):
                if !Self.refMembers.contains(key) && !Self.addresses.contains(key) { faults.append("\(place): added") }
            case (_?, nil):
                if !Self.addresses.contains(key) && key != "localPath" { faults.append("\(place): removed") }
            case (nil, nil): break
            }
        }
    }
}
