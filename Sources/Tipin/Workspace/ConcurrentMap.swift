extension Array where Element: Sendable {
    /// The results in the order of the elements, with at most `limit` of them worked on at a time.
    func concurrentMap<Result: Sendable>(
        limit: Int, _ transform: @escaping @Sendable (Element) async throws -> Result
    ) async rethrows -> [Result] {
        guard count > 1, limit > 1 else {
            var results: [Result] = []
            for element in self { results.append(try await transform(element)) }
            return results
        }
        return try await withThrowingTaskGroup(of: (Int, Result).self) { group in
            var results = [Result?](repeating: nil, count: count)
            var next = 0
            while next < Swift.min(limit, count) {
                let (index, element) = (next, self[next])
                group.addTask { (index, try await transform(element)) }
                next += 1
            }
            while let (index, result) = try await group.next() {
                results[index] = result
                guard next < count else { continue }
                let (index, element) = (next, self[next])
                group.addTask { (index, try await transform(element)) }
                next += 1
            }
            return results.compactMap { $0 }
        }
    }

    /// Neighbours stay together: parts that follow one another, one for each of `jobs`, and none of them empty.
    /// - Parameter limit: no part has more elements; then there are more parts.
    func split(into jobs: Int, limit: Int = .max) -> [[Element]] {
        let size = Swift.max(1, Swift.min(limit, (count + jobs - 1) / Swift.max(1, jobs)))
        return stride(from: 0, to: count, by: size).map { Array(self[$0..<Swift.min($0 + size, count)]) }
    }
}
