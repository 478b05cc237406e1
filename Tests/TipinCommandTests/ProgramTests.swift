import Foundation
import Testing
import TipinTestSupport

/// What the two executables are made of.
struct ProgramTests {
    @Test func `tipin starts without libvips, its image worker has it`() throws {
        let tipin = try SharedLibraries(of: Checkout.products + "/tipin")
        let worker = try SharedLibraries(of: Checkout.products + "/tipin-image")
        #expect(tipin.names.contains { $0.hasPrefix("libc.so") })
        #expect(!tipin.names.contains { $0.contains("vips") })
        #expect(worker.names.contains { $0.hasPrefix("libvips.so") })
    }

    @Test func `tipin works without its image worker where no picture is decoded`() async throws {
        let desk = try Desk()
        try desk.writeSmallBook()
        let program = try desk.copyProgram(Checkout.products + "/tipin", to: "bin/tipin")
        let scan = try await Program.run(program, ["scan", "book"], in: desk.path, environment: [:])
        let migrate = try await Program.run(
            program, ["migrate", "--in-place", "book"], in: desk.path, environment: [:])
        #expect(scan.status == 0)
        #expect(migrate.status == 1)
        #expect(try desk.text("book/chapter.json").contains("media/knots.png"))
        try Golden.expect([migrate], "program-without-worker", at: desk)
    }
}
