package import TipinDiagnostics
internal import TipinFiles

extension ImportError: DiagnosticConvertible {
    package var problem: Problem {
        switch self {
        case .empty: Problem(.notAnImage, "image has no bytes")
        case .notAnImage(let words):
            Problem(.notAnImage, "not an image that tipin knows", notes: [Redaction.printable(words)])
        case .typeNotAllowed(let type):
            Problem(
                .typeNotAllowed, "'\(type.mime)' is not allowed",
                help: ["add '\(type.mime)' to 'allowedMime' in tipin.json"])
        case .svgRefused:
            Problem(
                .svgRefused, "SVG is refused because it can carry programs",
                help: ["export the picture as PNG or WebP, and put that in its place"])
        case .tooLarge(let size, let limit):
            Problem(
                .assetTooLarge, "image is larger than \(Self.megabytes(limit)) MB",
                notes: size.map { ["it has \($0) bytes"] } ?? [],
                help: ["save the picture smaller, or raise 'maxUploadMB' in tipin.json"])
        case .cutShort(let expected, let found):
            Problem(
                .imageDamaged, "image was not received whole",
                notes: ["\(expected) bytes were announced, \(found) came"],
                help: ["send it again"], isTransient: true)
        case .noImageWorker:
            Problem(
                .imageWorkerFailed, "there is no image worker to look at new pictures",
                help: ["put 'tipin-image' beside 'tipin'"])
        case .digestMismatch(let expected, let found):
            Problem(
                .digestMismatch, "image is not the one that was expected",
                notes: ["expected SHA-256 \(expected)", "found SHA-256 \(found)"])
        case .unreadable(let error): error.problem(ofPicture: error.path)
        case .notShown(let role):
            Problem(
                .typeNotAllowed, "a PDF cannot be shown as '\(Redaction.printable(role))'",
                notes: ["it is kept and served as it is, and never drawn"],
                help: ["give it the role 'attachment', or export the page as a picture"])
        case .noBook:
            Problem(
                .bookUnknown, "asset belongs to no book that is known",
                help: ["link it to a book: tipin assets link ASSET --entity book:ID --role attachment"])
        case .notAFile(let path):
            Problem(.assetMissing, "image is not a file", notes: ["'\(Redaction.printable(path))'"])
        }
    }

    private static func megabytes(_ bytes: Int) -> String {
        let (whole, rest) = bytes.quotientAndRemainder(dividingBy: 1 << 20)
        return rest == 0 ? "\(whole)" : "\(whole).\(rest * 10 >> 20)"
    }
}

extension FileError {
    fileprivate func problem(ofPicture path: String) -> Problem {
        // What stands in the place of bytes that are no UTF-8.
        if isMissing, path.unicodeScalars.contains("\u{FFFD}") {
            return Problem(
                .assetMissing, "image file's name is not UTF-8", notes: ["'\(Redaction.printable(path))'"],
                help: ["give the file a name in UTF-8"])
        }
        if isMissing { return Problem(.assetMissing, "image file does not exist", notes: problem.notes) }
        if leavesFolder {
            return Problem(
                .assetMissing, "image file is a symbolic link", notes: ["'\(Redaction.printable(path))'"],
                help: ["name the file that it leads to"])
        }
        return Problem(.assetMissing, "image file could not be read", notes: problem.notes)
    }
}
