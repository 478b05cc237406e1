import Foundation
import Testing
import TipinTestSupport

/// What tipin makes is its owner's to use, whatever the umask takes away.
struct UmaskTests {
    @Test(arguments: [(0o777, 0o600, 0o700), (0o027, 0o640, 0o750), (0o000, 0o666, 0o777)])
    func `documents, folders, plans and reports are readable by their owner`(
        _ mask: Int, _ file: Int, _ folder: Int
    ) async throws {
        let desk = try Desk()
        try desk.writeSmallBook()
        let tipin = "'\(Checkout.products)/tipin'"
        let script = """
            umask \(String(mask, radix: 8))
            \(tipin) publish book --output out/deep --report report.json
            \(tipin) resolve book --plan plan.json
            echo x | \(tipin) migrate - --data-dir book/.tipin --rejects rejects --report lines.json
            """
        _ = try await Program.run("/bin/sh", ["-c", script], in: desk.path, environment: desk.environment)
        let files = ["out/deep/chapter.json", "report.json", "plan.json", "rejects", "lines.json"]
        #expect(try files.map { try mode(of: $0, at: desk) } == files.map { _ in file })
        #expect(try ["out", "out/deep"].map { try mode(of: $0, at: desk) } == [folder, folder])
        // A folder remote is for others to read, and less the umask for them alone.
        let copy = "book/.tipin/cdn/b1/\(Desk.knots).png"
        #expect(try mode(of: copy, at: desk) == 0o644 & ~(mask & 0o077))
        #expect(try mode(of: "book/.tipin/cdn/b1", at: desk) == 0o755 & ~(mask & 0o077))
    }

    private func mode(of name: String, at desk: Desk) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: desk.path(name))[.posixPermissions] as? Int
    }
}
