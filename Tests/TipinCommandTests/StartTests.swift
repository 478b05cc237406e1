import Foundation
import Testing
import TipinTestSupport

struct StartTests {
    @Test func `says its version and nothing else`() throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: Checkout.products + "/tipin")
        process.arguments = ["--version"]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let bytes = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        #expect(String(decoding: bytes, as: UTF8.self).wholeMatch(of: /\d+\.\d+\.\d+\n/) != nil)
    }
}
