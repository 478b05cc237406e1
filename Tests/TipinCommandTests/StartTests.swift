import Testing
import TipinTestSupport

struct StartTests {
    @Test func `says its version and nothing else`() throws {
        let temporary = try TemporaryFolder()
        var process = ChildProcess(Checkout.products + "/tipin", ["--version"])
        process.output = temporary.path + "/output"
        #expect(try process.run() == 0)
        let output = String(decoding: try temporary.read("output"), as: UTF8.self)
        #expect(output.wholeMatch(of: /\d+\.\d+\.\d+\n/) != nil)
    }
}
