/// Two texts line by line: `-` stands before what is missing, `+` before what is new.
struct LineDifference: CustomStringConvertible {
    private let lines: [(sign: Character, text: Substring)]

    init(from old: String, to new: String) {
        let before = old.split(separator: "\n", omittingEmptySubsequences: false)
        let after = new.split(separator: "\n", omittingEmptySubsequences: false)
        let changes = after.difference(from: before)
        let removed = Set(changes.removals.map(\.offset))
        let inserted = Set(changes.insertions.map(\.offset))
        var lines: [(Character, Substring)] = []
        var (left, right) = (0, 0)
        while left < before.count || right < after.count {
            if removed.contains(left) {
                lines.append(("-", before[left]))
                left += 1
            } else if inserted.contains(right) {
                lines.append(("+", after[right]))
                right += 1
            } else {
                lines.append((" ", before[left]))
                left += 1
                right += 1
            }
        }
        self.lines = lines
    }

    /// The changed lines with two equal ones around them.
    var description: String {
        var text = ""
        var last = -1
        for (index, line) in lines.enumerated() {
            let nearby = lines[max(0, index - 2)...min(lines.count - 1, index + 2)]
            guard nearby.contains(where: { $0.sign != " " }) else { continue }
            if index > last + 1 { text += "  …\n" }
            text += "\(line.sign) \(line.text)\n"
            last = index
        }
        return text
    }
}

extension CollectionDifference.Change {
    fileprivate var offset: Int {
        switch self {
        case .insert(let offset, _, _), .remove(let offset, _, _): offset
        }
    }
}
