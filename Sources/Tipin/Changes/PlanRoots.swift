/// Where a plan may change documents: it says itself which, and must not be believed (RULES 0).
struct PlanRoots: Sendable {
    private let roots: [String]

    /// - Parameter paths: named by the person; none means below the working folder.
    init(_ paths: [String], workingFolder: String) {
        roots = (paths.isEmpty ? [workingFolder] : paths)
            .map { Paths.real(Paths.absolute($0, relativeTo: workingFolder)) }
    }

    func allow(_ path: String) -> Bool {
        guard path.hasPrefix("/"), !path.utf8.contains(0), Paths.areEqual(path, Paths.normalized(path)) else {
            return false
        }
        let real = Paths.real(path)
        return roots.contains { Paths.isEqualOrBelow(real, $0) }
    }
}
