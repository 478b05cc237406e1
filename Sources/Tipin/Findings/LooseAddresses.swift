internal import TipinDiagnostics
internal import TipinDocument
internal import TipinJSON

/// Addresses in nodes that are no mentions: they stay, and the person is told.
enum LooseAddresses {
    static func findings(in document: CollectedDocument, isPublish: Bool) -> [ValueFinding] {
        document.looseAddresses.flatMap { loose -> [ValueFinding] in
            func finding(_ problem: Problem?, _ severity: Severity? = nil) -> ValueFinding? {
                problem.map {
                    ValueFinding(value: loose.value.range, pointer: loose.pointer, problem: $0, severity: severity)
                }
            }
            let pictures = AddressChecks.ofPictures(loose.addresses, in: loose.content)
            let expiring =
                finding(AddressChecks.expiring(pictures), isPublish ? .error : nil)
                ?? finding(AddressChecks.expiring(loose.addresses))
            return [finding(AddressChecks.kept(loose.addresses)), expiring].compactMap(\.self)
        }
    }
}
