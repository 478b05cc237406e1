/// Looks again and again until something has come about, for two seconds at most.
func eventually(_ isSo: () -> Bool) async throws -> Bool {
    for _ in 0..<1000 {
        if isSo() { return true }
        try await Task.sleep(for: .milliseconds(2))
    }
    return isSo()
}
