internal import TipinDiagnostics
internal import TipinJSON

/// A file before and after a change: as a difference for people, and as JSON patches (RFC 6902) for programs.
package struct FileDifference: Sendable {
    /// One text of the file, or the manifest file beside it.
    private struct Part: Sendable {
        var label: String
        /// 1-based, in NDJSON.
        var line: Int?
        var old: [UInt8]?
        var new: [UInt8]?
    }

    private var parts: [Part] = []

    /// From the document that was read to what was made of it, wherever that goes.
    init(_ file: RewrittenFile, _ change: RecordedChange) {
        var change = change
        change.label = file.loaded.file.label
        self.init(change, from: file.loaded.bytes, to: file.bytes)
    }

    /// Of a piece of many lines.
    init(linesOf file: RewrittenFile) {
        addLines(of: file.loaded.file.label, from: file.loaded.bytes, to: file.bytes, after: file.loaded.lineBase)
    }

    /// - Parameters:
    ///   - old: `nil` where the file comes, or is gone already.
    ///   - new: `nil` where it goes.
    init(_ change: RecordedChange, from old: [UInt8]?, to new: [UInt8]?) {
        if let sidecar = change.sidecar, sidecar.before != sidecar.after {
            let label = DocumentFile.sidecarPath(of: change.label)
            parts.append(Part(label: label, old: sidecar.before?.bytes, new: sidecar.after?.bytes))
        }
        guard old != new else { return }
        guard change.kind == "lines", let old, let new else {
            parts.append(Part(label: change.label, old: old, new: new))
            return
        }
        addLines(of: change.label, from: old, to: new, after: 0)
    }

    /// - Parameter count: how many lines come before.
    private mutating func addLines(of label: String, from old: [UInt8], to new: [UInt8], after count: Int) {
        let lines = (
            old.split(separator: 0x0A, omittingEmptySubsequences: false),
            new.split(separator: 0x0A, omittingEmptySubsequences: false)
        )
        for (index, pair) in zip(lines.0, lines.1).enumerated() where pair.0 != pair.1 {
            parts.append(Part(label: label, line: count + index + 1, old: Array(pair.0), new: Array(pair.1)))
        }
    }

    // MARK: For people

    /// A unified difference of single values: where each stands, what it was and what it is, at most so much of it as
    /// fits on a line. Addresses are without secrets, `data:` URLs shortened.
    /// - Parameter isColored: with escape sequences for a terminal.
    package func text(isColored: Bool) -> String {
        parts.map { part in
            let name = Redaction.printable(part.label) + (part.line.map { ":\($0)" } ?? "")
            let old = part.old == nil ? "/dev/null" : name
            let new = part.new == nil ? "/dev/null" : name
            return Self.painted("--- \(old)\n+++ \(new)\n", .bold, isColored) + hunks(part, isColored)
        }.joined()
    }

    private enum Paint: String {
        case bold = "1"
        case red = "31"
        case green = "32"
        case cyan = "36"
    }

    private static func painted(_ text: String, _ paint: Paint, _ isColored: Bool) -> String {
        guard isColored else { return text }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        return lines.map { $0.isEmpty ? "" : "\u{1B}[\(paint.rawValue)m\($0)\u{1B}[0m" }.joined(separator: "\n")
    }

    private func hunks(_ part: Part, _ isColored: Bool) -> String {
        var text = ""
        var parent: [UInt8]?
        for change in Self.changes(part, entersStrings: true) {
            if change.parent != parent {
                let pointer = Redaction.shortened(
                    Redaction.printable(String(decoding: change.parent, as: UTF8.self)))
                text += Self.painted("@@ \(pointer.isEmpty ? "/" : pointer) @@\n", .cyan, isColored)
                parent = change.parent
            }
            let key = change.step.map { Redaction.printable(String(decoding: $0, as: UTF8.self)) + ": " } ?? ""
            if let old = change.old {
                text += Self.painted("-\(key)\(old.tree.shown(old.place))\n", .red, isColored)
            }
            if let new = change.new {
                text += Self.painted("+\(key)\(new.tree.shown(new.place))\n", .green, isColored)
            }
        }
        return text
    }

    // MARK: For programs

    /// One object a line: `file`, in NDJSON `line`, and `patch`. A JSON text in a string is one value for a patch, so
    /// it is replaced whole; of equal keys the last is meant, which is the one that readers see.
    package func patches() -> [UInt8] {
        var bytes: [UInt8] = []
        for part in parts where part.new != nil {
            let operations = Self.changes(part, entersStrings: false).map(Self.operation)
            guard !operations.isEmpty else { continue }
            bytes += Array(#"{"file":"#.utf8) + JSONString.encode(part.label)
            if let line = part.line { bytes += Array(#","line":\#(line)"#.utf8) }
            bytes += Array(#","patch":["#.utf8) + operations.joined(separator: [UInt8(ascii: ",")])
            bytes += Array("]}\n".utf8)
        }
        return bytes
    }

    private static func operation(_ change: ValueChange) -> [UInt8] {
        let name = change.old == nil ? "add" : change.new == nil ? "remove" : "replace"
        var bytes = Array(#"{"op":"\#(name)","path":"#.utf8) + JSONString.encode(change.pointer)
        if let new = change.new { bytes += Array(#","value":"#.utf8) + new.tree.compact(new.place) }
        return bytes + [UInt8(ascii: "}")]
    }

    // MARK: Parts

    private static func changes(_ part: Part, entersStrings: Bool) -> [ValueChange] {
        let old = part.old.flatMap { ValueTree($0) }
        let new = part.new.flatMap { ValueTree($0) }
        if let old, let new { return ValueChange.changes(from: old, to: new, entersStrings: entersStrings) }
        guard old != nil || new != nil else { return [] }
        return [
            ValueChange(
                parent: [], step: nil, old: old.map { ValueChange.Value(tree: $0, place: 0) },
                new: new.map { ValueChange.Value(tree: $0, place: 0) })
        ]
    }
}
