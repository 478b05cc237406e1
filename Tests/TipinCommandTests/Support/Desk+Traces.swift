import Testing

extension Desk {
    /// Nothing that a run makes on its way is left beside documents or in the data folder.
    func expectNoTemporaryFile(sourceLocation: SourceLocation = #_sourceLocation) throws {
        for name in try contents().keys {
            let last = name.split(separator: "/").last ?? ""
            let isTemporary =
                name.contains(".tipin/tmp/") || last.hasPrefix(".tipin-") || last.hasSuffix(".tmp")
                || last.hasSuffix(".assettmp")
            #expect(!isTemporary, "\(name) is left", sourceLocation: sourceLocation)
        }
    }
}
