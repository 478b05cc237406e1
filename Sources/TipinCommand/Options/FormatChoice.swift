import ArgumentParser

/// What `--format` takes: commands that change documents can print the changes themselves.
enum FormatChoice: String, ExpressibleByArgument, CaseIterable {
    case text, json
    case jsonPatch = "json-patch"

    init?(argument: String) {
        guard let choice = FormatChoice(rawValue: argument) else { return nil }
        if choice == .jsonPatch, !Environment.changesDocuments { return nil }
        self = choice
    }

    static var allValueStrings: [String] {
        allCases.filter { $0 != .jsonPatch || Environment.changesDocuments }.map(\.rawValue)
    }

    var format: OutputFormat { self == .json ? .json : .text }
}
