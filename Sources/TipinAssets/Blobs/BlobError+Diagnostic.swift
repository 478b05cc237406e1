package import TipinDiagnostics
internal import TipinFiles

extension BlobError: DiagnosticConvertible {
    private static let mending = ["run 'tipin assets verify' to have it looked for, or put the picture in again"]

    package var problem: Problem {
        switch self {
        case .missing(let path):
            Problem(
                .blobMissing, "stored picture is missing", notes: ["'\(Redaction.printable(path))'"], help: Self.mending
            )
        case .damaged(let path, let movedTo):
            Problem(
                .blobDamaged, "stored picture is damaged",
                notes: ["'\(Redaction.printable(path))' was moved to '\(Redaction.printable(movedTo))'"],
                help: Self.mending)
        case .tooLarge(let path, let limit):
            Problem(
                .assetTooLarge, "stored picture is larger than \(limit) bytes",
                notes: ["'\(Redaction.printable(path))'"], help: ["raise 'maxUploadMB' in tipin.json"])
        case .bookUnusable(let id):
            Problem(
                .bookUnknown, "book id '\(Redaction.printable(String(id.prefix(40))))' cannot name a folder",
                help: ["give the book an id that is not empty, '.' or '..'"])
        case .extensionUnknown(let ext):
            Problem(
                .typeNotAllowed, "extension '\(Redaction.printable(String(ext.prefix(20))))' is not stored",
                help: ["tipin stores jpg, png, webp, gif and pdf"])
        case .outOfSpace(let needed, let available):
            Problem(
                .diskFull, "no space left to write",
                notes: ["\(needed) bytes are wanted below the data folder, \(available) are free"],
                help: ["free some space, then run again"])
        case .file(let error) where error.operation.changesState && error.isOutOfSpace: error.problem
        case .file(let error):
            Problem(.dataFolderUnusable, "stored pictures cannot be reached", notes: error.problem.notes)
        }
    }
}
