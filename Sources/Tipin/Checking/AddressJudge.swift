internal import TipinAssets
internal import TipinDiagnostics
internal import TipinDocument

/// Judges an address that is no asset yet: can it be read here, and may it stay?
struct AddressJudge: Sendable {
    let reader: AddressReader
    let limits: ImportLimits
    let options: CheckOptions

    /// - Parameters:
    ///   - next: what is read where the address cannot be.
    ///   - digest: what the mention says of the bytes, as they were found or as they would be stored.
    func judge(
        _ address: String, otherwise next: String?, saying digest: SHA256Digest?, in file: DocumentFile
    ) async -> [(Problem, Severity?)] {
        let trimmed = AddressForm.trimmed(address)
        let form = AddressForm(trimmed)
        switch await reader.read(address, in: file) {
        case .problem(let problem):
            guard let next else { return [(problem, .error)] }
            return await judge(next, otherwise: nil, saying: digest, in: file)
        case .needsNetwork: return [standing(form, trimmed)]
        case .content(let content):
            if let problem = refusal(of: content.bytes, at: address, saying: digest) { return [(problem, .error)] }
            return [standing(form, trimmed)]
        }
    }

    private func refusal(of bytes: [UInt8], at address: String, saying digest: SHA256Digest?) -> Problem? {
        do throws(ImportError) {
            let type = try limits.admit(bytes)
            guard let digest else { return nil }
            let meaning = AddressMeaning(sha256: digest)
            let digests = AddressMeaning.Digests(of: bytes, type, rule: limits.metadata)
            return meaning.mayBe(digests) ? nil : meaning.problem(with: digests, at: .text(address))
        } catch {
            return error.problem
        }
    }

    /// Readable, but not yet what a published document may hold.
    private func standing(_ form: AddressForm, _ address: String) -> (Problem, Severity?) {
        let severity: Severity = options.purpose == .publish ? .error : .warning
        let shown = "'\(Redaction.redacted(String(address.prefix(200))))'"
        let help = ["run 'tipin migrate' to import it"]
        switch form {
        case .dataURL:
            return (
                Problem(
                    .dataURLInline, "image stands inside the document as a 'data:' URL", notes: [shown], help: help),
                severity
            )
        case .localFile:
            return (
                Problem(
                    .localAddress, "image is a local file that other machines do not have", notes: [shown], help: help),
                severity
            )
        case .remoteURL, .dead:
            if let problem = AddressChecks.expiring(address) { return (problem, severity) }
            return (
                Problem(.legacyURL, "image is a legacy address, not an asset", notes: [shown], help: help), severity
            )
        }
    }
}
