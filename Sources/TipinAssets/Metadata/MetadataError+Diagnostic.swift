package import TipinDiagnostics

extension MetadataError: DiagnosticConvertible {
    package var problem: Problem {
        switch self {
        case .malformed(let type):
            Problem(
                .imageDamaged, "metadata of the picture cannot be removed",
                notes: ["the structure of the \(type.rawValue.uppercased()) file cannot be followed to its end"],
                help: ["replace the picture by an undamaged copy, or set 'metadata' to 'keep'"])
        }
    }
}
