package import TipinDiagnostics

extension DataURL.Failure: DiagnosticConvertible {
    package var problem: Problem {
        switch self {
        case .noComma:
            Problem(.dataURLInvalid, "'data:' URL has no comma", notes: ["nothing separates its type from its bytes"])
        case .invalidBase64:
            Problem(
                .dataURLInvalid, "'data:' URL is not valid base64", notes: ["it was probably cut off"],
                help: ["put the picture in again"])
        case .tooLarge(let limit):
            Problem(
                .assetTooLarge, "image has more than \(limit >> 20) MB", help: ["raise maxUploadMB in tipin.json"])
        case .notADataURL: Problem(.dataURLInvalid, "not a 'data:' URL")
        }
    }
}
