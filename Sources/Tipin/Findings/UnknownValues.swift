internal import TipinDiagnostics
internal import TipinDocument
internal import TipinJSON

/// Values of fields that may name a picture in a way that nobody knows: they are left alone.
enum UnknownValues {
    /// - Parameter isPublish: then it is an error: a reader might lack the picture.
    static func findings(in document: CollectedDocument, isPublish: Bool) -> [ValueFinding] {
        document.unknownValues.map {
            ValueFinding(
                value: $0.value.range, pointer: $0.pointer, problem: problem, severity: isPublish ? .error : nil)
        }
    }

    private static let problem = Problem(
        .fieldValueUnknown, "field holds a value of no known shape, and may name a picture",
        notes: ["it is left as it is"],
        help: [
            "write an address or a FileRef there, or name its member under 'mentions.fieldAddresses' in tipin.json",
            "if it names no picture, give the field \"mayBeProse\": true under 'mentions.fields'",
        ])
}
