internal import TipinAssets
internal import TipinDiagnostics
internal import TipinDocument

/// What becomes of videos, sounds and files that a document shows: they are imported where the allowed types have
/// theirs. Else they stay as they are, with a warning: every reader gets every picture, and they are none.
struct AttachmentRule: Sendable {
    let allowed: Set<FileType>

    /// Why an attachment is not even read; `nil` where its bytes must tell.
    func refusal(of content: RuleTable.Content, _ address: String, mime: String?) -> Problem? {
        switch content {
        case .picture: return nil
        case .video, .audio:
            return allowed.contains { $0.mime.hasPrefix(content.rawValue + "/") } ? nil : Self.passed(content, address)
        case .file:
            guard let type = Self.type(of: address, mime) else { return nil }
            return FileType(mime: type).map(allowed.contains) ?? false ? nil : Self.passed(content, address)
        }
    }

    /// What is said of an attachment that failed for what it is; `nil` where it failed for another reason.
    static func passed(_ content: RuleTable.Content, _ address: String, for problem: Problem) -> Problem? {
        guard content != .picture, content != .file || reasons.contains(problem.code) else { return nil }
        var passed = passed(content, address)
        passed.notes += [problem.headline] + problem.notes
        return passed
    }

    private static let reasons: Set<DiagnosticCode> = [
        .typeNotAllowed, .notAnImage, .svgRefused, .assetTooLarge, .imageTooLarge, .imageDamaged, .addressDead,
        .assetUnknown, .dataURLInvalid,
    ]

    private static func passed(_ content: RuleTable.Content, _ address: String) -> Problem {
        let shown = address.isEmpty ? [] : ["'\(Redaction.redacted(String(address.prefix(200))))'"]
        return Problem(
            .typeNotAllowed, "\(content.rawValue) is not imported and stays as it is", notes: shown,
            help: ["see to it that readers can open its address"])
    }

    /// As the document or the name tells it.
    private static func type(of address: String, _ mime: String?) -> String? {
        if let mime, mime.contains("/") { return mime.lowercased() }
        let trimmed = AddressForm.trimmed(address)
        if case .dataURL = AddressForm(trimmed) {
            return String(trimmed.dropFirst("data:".count).prefix { $0 != ";" && $0 != "," }).lowercased()
        }
        let path = trimmed.prefix { $0 != "?" && $0 != "#" }
        let name = path.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last ?? ""
        guard let dot = name.lastIndex(of: ".") else { return nil }
        let ext = name[name.index(after: dot)...].lowercased()
        if let type = FileType.allCases.first(where: { $0.ext == ext || (ext == "jpeg" && $0 == .jpeg) }) {
            return type.mime
        }
        return otherEndings.contains(ext) ? "application/octet-stream" : nil
    }

    /// Of files that are never pictures; another ending may be that of a program which serves one.
    private static let otherEndings: Set = [
        "zip", "gz", "7z", "rar", "tar", "doc", "docx", "odt", "rtf", "xls", "xlsx", "ods", "csv", "ppt", "pptx",
        "odp", "epub", "mobi", "txt", "md", "json", "xml", "mp3", "m4a", "wav", "ogg", "flac", "mp4", "m4v", "mov",
        "webm", "mkv", "avi",
    ]
}
