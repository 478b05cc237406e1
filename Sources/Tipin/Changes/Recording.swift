/// What is told of a run's changes besides the documents themselves.
package struct Recording: Sendable {
    package var journal: Journal
    /// Takes the changes in the documents' place.
    package var plan: PlanWriter?
    /// Is shown each change after it was made: in path order, but for documents that had to wait for others.
    package var show: (@Sendable (FileDifference) -> Void)?

    package init(
        _ journal: Journal, plan: PlanWriter? = nil, show: (@Sendable (FileDifference) -> Void)? = nil
    ) {
        self.journal = journal
        self.plan = plan
        self.show = show
    }

    /// Closes journal and plan of a run that came to its end.
    package func end(_ report: inout RunReport) async throws {
        try await journal.end()
        report.run = await journal.id
        if let plan { report.plannedDocuments = try await plan.end() }
    }
}
