package import TipinDiagnostics
internal import TipinFiles

extension RemoteError: DiagnosticConvertible {
    package var problem: Problem { problem(while: .opening) }

    /// The words for people.
    package func problem(while action: RemoteAction) -> Problem {
        switch self {
        case .badName(let name, let words):
            return Problem(
                .noRemote, "remote's name is not understood",
                notes: ["'\(Redaction.redacted(name))' \(Redaction.printable(words))"], help: [Self.forms])
        case .notReachable(let url, let words):
            return Problem(
                .remoteUnreachable, "remote cannot be reached",
                notes: ["'\(Redaction.redacted(url))': \(Redaction.printable(words))"],
                help: ["run again when the network and the remote are up"], isTransient: true)
        case .missing(let url):
            return Problem(
                .remoteMissing, "remote does not have the image",
                notes: ["'\(Redaction.redacted(url))' does not exist"])
        default:
            return Problem(
                code(while: action), Self.headline(while: action), notes: [fact], help: help(while: action),
                isTransient: isTransient)
        }
    }

    static let forms = "write 'folder:PATH?base=https://…' or 'https://HOST'"

    private func code(while action: RemoteAction) -> DiagnosticCode {
        switch action {
        case .uploading: isTransient ? .uploadFailed : .uploadRefused
        case .downloading: .downloadFailed
        case .asking, .opening: .remoteUnreachable
        }
    }

    private static func headline(while action: RemoteAction) -> String {
        switch action {
        case .uploading: "image could not be uploaded"
        case .downloading: "image could not be downloaded from the remote"
        case .asking: "remote could not be asked for the image"
        case .opening: "remote cannot be used"
        }
    }

    private var fact: String {
        switch self {
        case .badName(_, let words), .notReachable(_, let words): Redaction.printable(words)
        case .status(let status, let words, _):
            "the remote answered with status \(status)" + (words.isEmpty ? "" : ": \(Redaction.printable(words))")
        case .badReply(let words): "the remote's reply cannot be used: \(Redaction.printable(words))"
        case .file(let error):
            "'\(Redaction.printable(error.path))': \(error.systemMessage) (errno \(error.number))"
        case .damaged(let path): "'\(Redaction.printable(path))' has not the bytes of its digest"
        case .tooLarge(let limit): "it has more than \(limit) bytes"
        case .missing(let url): "'\(Redaction.redacted(url))' does not exist"
        case .notOurs(let url): "'\(Redaction.redacted(url))' is not an address of this remote"
        case .transfer(let code, let words): "\(Redaction.printable(words)) (libcurl code \(code))"
        case .unauthorised: "the remote did not accept the token (status 401)"
        case .cancelled: "it was interrupted"
        }
    }

    private func help(while action: RemoteAction) -> [String] {
        let again = action == .uploading ? ", then run 'tipin sync --retry-failed'" : ", then run again"
        switch self {
        case .unauthorised: return ["set TIPIN_TOKEN to a valid token" + again]
        case .file(let error) where error.isOutOfSpace: return ["free some space" + again]
        case .file(let error) where error.isPermission: return ["allow tipin to use that path" + again]
        case .damaged: return ["run 'tipin check --read-data' to find what else is damaged"]
        case .tooLarge: return ["allow more with --max-bytes"]
        default: return isTransient ? ["run again later"] : []
        }
    }
}
