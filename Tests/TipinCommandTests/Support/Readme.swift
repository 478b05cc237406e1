/// What a page in Markdown names in code.
struct Readme {
    let lines: [Substring]
    /// The insides of code spans.
    let spans: [String]
    /// The lines of code blocks, without their indentation.
    let blocks: [String]
    /// Targets of links, but for those that lead elsewhere.
    let links: [String]
    /// The first column of the table of exit codes, from top to bottom.
    let exitCodes: [Int]

    init(_ text: String) {
        lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        var spans: [String] = []
        var blocks: [String] = []
        var exitCodes: [Int] = []
        var isFenced = false
        var heading: Substring = ""
        for line in lines {
            if line.hasPrefix("```") {
                isFenced.toggle()
            } else if isFenced || line.hasPrefix("    ") {
                blocks.append(String(line.drop { $0 == " " }))
            } else {
                if line.hasPrefix("#") { heading = line }
                spans += line.matches(of: /`([^`]+)`/).map { String($0.1) }
                if heading == "## Exit codes", let row = line.firstMatch(of: /^\| (\d+) \|/) {
                    exitCodes += [Int(row.1)].compactMap { $0 }
                }
            }
        }
        self.spans = spans
        self.blocks = blocks
        self.exitCodes = exitCodes
        links = text.matches(of: /\]\(([^)#]+)\)/).map { String($0.1) }.filter { !$0.contains("://") }
    }

    /// What stands after the word `tipin`, or the whole piece of code if it runs nothing else.
    private var invocations: [String] {
        (spans + blocks).compactMap { code in
            if let call = code.firstMatch(of: /(?:^| )tipin (.*)/) { return String(call.1) }
            return code.hasPrefix("-") ? code : nil
        }
    }

    /// Commands that are shown being run: `scan`, `assets list`.
    var commands: Set<String> {
        Set(
            invocations.compactMap { call in
                guard let words = call.firstMatch(of: /^([a-z]+)(?: ([a-z]+)(?:$| ))?/) else { return nil }
                guard words.1 == "assets", let leaf = words.2 else { return String(words.1) }
                return "\(words.1) \(leaf)"
            }
        ).union(spans.contains { $0.hasPrefix("tipin assets") } ? ["assets"] : [])
    }

    var flags: Set<String> {
        Set(invocations.flatMap { $0.matches(of: /(?:^|[\s\[])(--[a-z][a-z-]*|-[a-z])\b/).map { String($0.1) } })
    }
}
