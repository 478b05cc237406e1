package import TipinDiagnostics
internal import TipinDocument

extension LinkError: DiagnosticConvertible {
    package var problem: Problem {
        switch self {
        case .missing(let asset, let entity, let role):
            Problem(
                .linkMissing, "asset is not linked to the entity in that role",
                notes: [
                    "'\(Redaction.printable(asset))' is not \(Redaction.printable(role.rawValue)) of "
                        + "\(Redaction.printable(entity.type.rawValue)) '\(Redaction.printable(entity.id))'"
                ],
                help: [
                    "'tipin assets list --entity TYPE:ID' shows what the entity has; 'tipin assets link' makes a link"
                ])
        }
    }
}
