package import TipinDiagnostics
internal import TipinFiles

extension DataFolderError: DiagnosticConvertible {
    package var problem: Problem {
        switch self {
        case .missing(let path):
            Problem(
                .dataFolderUnusable, "data folder does not exist", notes: ["'\(Redaction.printable(path))'"],
                help: ["name the data folder by --data-dir, or import something first"])
        case .foreign(let path, let owner):
            Problem(
                .dataFolderUnusable, "data folder belongs to another user",
                notes: ["'\(Redaction.printable(path))' belongs to user \(owner)"],
                help: ["run tipin as that user, or name another folder by --data-dir"])
        case .writableByOthers(let path, let mode):
            Problem(
                .dataFolderUnusable, "data folder can be changed by other users",
                notes: ["'\(Redaction.printable(path))' has mode \(String(mode, radix: 8))"],
                help: ["take the right away: chmod go-w '\(Redaction.printable(path))'"])
        case .inUse(let path):
            Problem(
                .catalogLocked, "another program has the store open for importing",
                notes: ["'\(Redaction.printable(path))'"],
                help: ["close the app, or wait until the other run is done, then run again"], isTransient: true)
        case .file(let error) where error.isOutOfSpace: error.problem
        case .file(let error):
            Problem(.dataFolderUnusable, "data folder cannot be used", notes: error.problem.notes)
        }
    }
}
