package import TipinDiagnostics

extension CatalogError: DiagnosticConvertible {
    package var problem: Problem {
        switch self {
        case .missing(let path):
            Problem(
                .catalogMissing, "catalog does not exist", notes: [Self.place(path)],
                help: ["name the data folder that holds it by --data-dir, or the file itself by --catalog"])
        case .locked(let path):
            Problem(
                .catalogLocked, "catalog is in use by another program", notes: [Self.place(path)],
                help: ["wait until the other program is done, then run again"], isTransient: true)
        case .unfinished(let path):
            Problem(
                .catalogLocked, "catalog was left in the middle of a change", notes: [Self.place(path)],
                help: ["open it with a program that may write to it: start the app, or run 'tipin assets verify'"])
        case .damaged(let path, let words):
            Problem(
                .catalogDamaged, "catalog is damaged", notes: [Self.place(path), Redaction.printable(words)],
                help: [
                    "restore it from a backup, or make it again from pictures and documents: "
                        + "tipin assets verify --rebuild --documents PATH"
                ])
        case .incomplete(let path, let words):
            Problem(
                .catalogDamaged, "catalog lacks a table or a column",
                notes: [Self.place(path), Redaction.printable(words)],
                help: [
                    "where an app made it, let the app bring it in order",
                    "else restore it from a backup, or make it again from pictures and documents: "
                        + "tipin assets verify --rebuild --documents PATH",
                ])
        case .beyondUs(let path, let words):
            Problem(
                .catalogDamaged, "catalog asks for what only its app has",
                notes: [Self.place(path), Redaction.printable(words)],
                help: ["let the app take functions of its own out of indexes, checks, columns and triggers"])
        case .notOurs(let path, let words, let tables):
            Problem(
                .catalogDamaged, "catalog may be an app's, and is not made again",
                notes: [Self.place(path), Redaction.printable(words), Self.others(tables)],
                help: ["let the app bring it in order, or restore it from a backup"])
        case .newer(let path, let migrations):
            Problem(
                .catalogNewer, "catalog was changed by a later version of tipin",
                notes: [Self.place(path), "unknown: " + migrations.map(Redaction.printable).joined(separator: ", ")],
                help: ["update tipin"])
        case .outOfSpace(let path):
            Problem(
                .diskFull, "no space left to write the catalog", notes: [Self.place(path)],
                help: ["free some space, then run again"])
        case .unusable(let path, let words):
            Problem(
                .dataFolderUnusable, "catalog cannot be used", notes: [Self.place(path), Redaction.printable(words)],
                help: [
                    "mend what is said of the file or its folder; a constraint or trigger is the app's that made it"
                ])
        case .database(let path, _, let words):
            Problem(
                .internalError, "catalog refused a statement", notes: [Self.place(path), Redaction.printable(words)])
        }
    }

    private static func others(_ tables: [String]) -> String {
        guard !tables.isEmpty else { return "it was named as the catalog, and another program may keep more in it" }
        let shown = tables.prefix(5).map { "'\(Redaction.printable($0))'" }.joined(separator: ", ")
        return "another program keeps more in it: \(shown)" + (tables.count > 5 ? " and \(tables.count - 5) more" : "")
    }

    private static func place(_ path: String) -> String { "'\(Redaction.printable(path))'" }
}
