import Foundation
import Testing
import Tipin
import TipinTestSupport

@testable import TipinFiles

/// The file of a plan while it is written.
struct PlanWriterTests {
    private let temporary: TemporaryFolder

    init() throws { temporary = try TemporaryFolder() }

    private var names: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: temporary.path).sorted() }
    }

    private func writer(_ name: String = "a.plan.json") throws -> PlanWriter {
        try PlanWriter(
            temporary.path + "/" + name, command: "migrate", paths: [], dataFolder: nil, clock: .system)
    }

    @Test func `a plan has its name when it is whole`() async throws {
        let plan = try writer()
        #expect(try names.count == 1)
        #expect(try names.first?.hasPrefix(".") == true)
        try await plan.end()
        #expect(try names == ["a.plan.json"])
    }

    @Test func `a plan that is given up leaves nothing`() async throws {
        let plan = try writer()
        await plan.discard()
        #expect(try names == [])
    }

    @Test func `what a killed run left of its plan goes with the next one`() async throws {
        let plan = try writer()
        let part = try #require(try names.first)
        var leftover = try #require(TemporaryDocument(part))
        #expect(leftover.document == "a.plan.json")
        let process = leftover.process.split(separator: ".")
        leftover.process = "\(process[0]).\(process[1]).\(process[2]).1"
        try FileManager.default.moveItem(
            atPath: temporary.path + "/" + part, toPath: temporary.path + "/" + leftover.name)
        let next = try writer("b.plan.json")
        #expect(try !names.contains(leftover.name))
        try await next.end()
        #expect(try names == ["b.plan.json"])
        await plan.discard()
    }

    @Test func `what takes the plan's name meanwhile keeps it`() async throws {
        let plan = try writer()
        try temporary.write("mine", to: "a.plan.json")
        await #expect(throws: ChangeError.self) { try await plan.end() }
        #expect(try names == ["a.plan.json"])
        #expect(try temporary.read("a.plan.json") == Array("mine".utf8))
    }
}
