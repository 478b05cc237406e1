import Testing
import Tipin
import TipinDiagnostics

struct TipinErrorTests {
    @Test func `keeps its code when it is told as any error`() async throws {
        let book = try TestBook()
        let workspace = try book.writing()
        let service = AssetService(AssetStore(workspace))
        let entity = Entity(type: .book, id: "b1")
        let error = #expect(throws: TipinError.self) { try service.linkAsset("nobody", to: entity, role: .cover) }
        let told = try #require(error) as any Error
        #expect(told.problem.code == .assetUnknown)
        #expect(ExitStatus(told.problem.code) == .failure)
    }

    @Test(
        arguments: [
            ([], .success), ([.notAnImage], .incomplete), ([.notAnImage, .catalogLocked], .catalogLocked),
            ([.catalogDamaged], .catalogDamaged),
        ] as [([DiagnosticCode], Tipin.ExitStatus)])
    func `a catalog that cannot be used is told from files that are refused`(
        codes: [DiagnosticCode], status: Tipin.ExitStatus
    ) {
        #expect(Tipin.ExitStatus(refused: codes) == status)
    }
}
