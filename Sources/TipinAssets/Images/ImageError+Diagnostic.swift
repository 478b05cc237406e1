package import TipinDiagnostics

extension ImageError: DiagnosticConvertible {
    package var problem: Problem {
        switch self {
        case .damaged(let words):
            Problem(
                .imageDamaged, "picture is damaged",
                notes: ["the decoder says: \(Redaction.printable(words))"],
                help: ["replace the picture by an undamaged copy"])
        case .tooLarge(let words):
            Problem(
                .imageTooLarge, "picture is larger than allowed", notes: [Redaction.printable(words)],
                help: ["make the picture smaller, then run again"])
        case .workerFailed(let words):
            Problem(
                .imageWorkerFailed, "image worker failed", notes: [Redaction.printable(words)],
                help: ["run 'tipin doctor' to see whether the image worker starts"])
        }
    }
}
