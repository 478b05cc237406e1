import Testing

struct DoctorTests {
    @Test func `says what is there, before and after the first import`() async throws {
        let desk = try Desk()
        try desk.writeSmallBook()
        let before = try await desk.tipin("doctor")
        try await desk.tipin("publish", "--in-place", "book")
        let after = try await desk.tipin("doctor", "--config", "book/tipin.json")
        #expect([before, after].map(\.status) == [0, 0])
        let transcript = desk.masked([before, after].map(\.transcript).joined(separator: "\n"))
        try Golden.expect(Self.withoutVersions(transcript), "doctor")
    }

    @Test func `what is missing makes the status 1`() async throws {
        let desk = try Desk()
        try desk.write("a file in the folder's place", to: "data")
        let run = try await desk.tipin(
            "doctor", "--data-dir", "data", "--remote", "folder:nowhere?base=https://a.example/")
        #expect(run.status == 1)
        try Golden.expect(Self.withoutVersions(desk.masked(run.transcript)), "doctor-bad")
    }

    /// What the kernel grants and which versions are installed is the machine's.
    private static func withoutVersions(_ text: String) -> String {
        text.replacing(/(libvips|SQLite) [0-9.]+/) { "\($0.1) <version>" }
            .replacing(/tipin: [0-9.]+/, with: "tipin: <version>")
            .replacing(/(ok  |look)  image worker: libvips <version>.*/, with: "<state>  image worker: <limits>")
    }
}
