internal import Foundation

// `swift run -c release TipinBenchmarks [rounds] [what …]`: see the README for what can be measured.
let rounds = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 7
let wanted = Set(CommandLine.arguments.dropFirst(2))

/// Without a choice, what takes less than a minute.
func isWanted(_ name: String, byDefault: Bool = true) -> Bool { wanted.isEmpty ? byDefault : wanted.contains(name) }

func say(_ lines: [String]) { print(lines.joined(separator: "\n")) }

// Left standing, so that a profiler can be run on it: `TipinBenchmarks 1 corpus=FOLDER`.
if let folder = wanted.first(where: { $0.hasPrefix("corpus=") })?.dropFirst("corpus=".count) {
    let documents = try BenchmarkFolder(at: String(folder))
    try documents.writeNewChapters()
    try documents.makeLibrary(chapters: 3500)
    exit(0)
}
if isWanted("documents") || isWanted("shapes") || isWanted("commands") || isWanted("rewrite") {
    let documents = try BenchmarkFolder()
    defer { try? documents.remove() }
    if isWanted("documents") { try DocumentTable(documents, rounds: rounds).print() }
    if isWanted("shapes") { try ShapeTable(documents.folder, rounds: rounds).print() }
    if isWanted("commands") || isWanted("rewrite") {
        try documents.makeLibrary(chapters: 3500)
        if isWanted("commands") { say(try CommandTable(documents, rounds: rounds).lines()) }
        if isWanted("rewrite") { say(try RewriteTable(documents: documents, rounds: rounds).lines()) }
    }
}
if isWanted("growth", byDefault: false) {
    print("\n" + Table.left("CPU time, and how much more for twice as much", 48) + "t(2n)/t(n)")
    say(try Growth.table())
}
if isWanted("start") { say(StartTable(rounds: rounds).lines()) }
if isWanted("imports", byDefault: false) {
    say(try await ImportTable(rounds: min(rounds, 3)).lines())
}
if isWanted("thumbnails", byDefault: false) { say(try ThumbnailTable(rounds: min(rounds, 3)).lines()) }
if isWanted("bombs") { say(try await BombTable(rounds: rounds).lines()) }
if isWanted("catalog", byDefault: false) { say(try CatalogTable().lines()) }
