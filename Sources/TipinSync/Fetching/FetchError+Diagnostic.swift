package import TipinDiagnostics

extension FetchError: DiagnosticConvertible {
    package var problem: Problem {
        switch self {
        case .refusedURL(let refusal):
            Problem(.addressRefused, "address cannot be fetched", notes: [Self.words(refusal)])
        case .refusedAddress(let address):
            Problem(
                .addressRefused, "host has an address that is not public", notes: ["'\(address)' was not called"],
                help: ["give --allow-private-hosts if the host is meant to be private"])
        case .refusedPort(let port, let url):
            Problem(
                .addressRefused, "address has an unusual port",
                notes: ["'\(Redaction.redacted(url))': only 80 and 443 are called, not \(port)"],
                help: ["give --allow-private-hosts if the host is meant to have it"])
        case .status(let status, let url):
            HTTPStatus.isGone(status) ? gone(status, url) : failed("it answered \(status)", url)
        case .tooLarge(let limit):
            Problem(
                .assetTooLarge, "image has more than \(Self.size(limit))",
                help: ["raise maxUploadMB in tipin.json, or give --max-bytes"])
        case .tooManyRedirects(let url): failed("it leads from one address to the next", url)
        case .insecureRedirect(let url):
            Problem(
                .addressRefused, "secure address leads to an insecure one", notes: ["'\(Redaction.redacted(url))'"])
        case .cut(let url): failed("fewer bytes came than were announced", url)
        case .transfer(let code, let words, let url): failed("\(words) (libcurl \(code))", url)
        case .cancelled: Problem(.interrupted, "interrupted", isTransient: true)
        }
    }

    private func gone(_ status: Int, _ url: String) -> Problem {
        Problem(
            .assetGone, "image is gone from its host", notes: ["'\(Redaction.redacted(url))' answered \(status)"],
            help: ["name a replacement with --substitutions, or put the picture in again"])
    }

    private func failed(_ words: String, _ url: String) -> Problem {
        Problem(
            .fetchFailed, "image could not be fetched from its host",
            notes: ["'\(Redaction.redacted(url))': \(words)"],
            help: [
                isTransient
                    ? "run again later" : "open the address in a browser, or name a replacement with --substitutions"
            ],
            isTransient: isTransient)
    }

    private static func size(_ bytes: Int) -> String {
        bytes >= 1 << 20 && bytes % (1 << 20) == 0 ? "\(bytes >> 20) MB" : "\(bytes) bytes"
    }

    static func words(_ refusal: WebURL.Refusal) -> String {
        switch refusal {
        case .malformed: "it is no address that can be read"
        case .scheme(let scheme): "its scheme is '\(Redaction.printable(String(scheme.prefix(20))))', not http or https"
        case .userInfo: "it holds a name or a password"
        case .controlCharacter: "it holds a control character"
        case .noHost: "it names no host"
        }
    }
}
