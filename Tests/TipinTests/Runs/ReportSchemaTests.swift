import Foundation
import Testing
import Tipin
import TipinTestSupport

struct ReportSchemaTests {
    private static func object(_ data: Data) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    }

    @Test func `a report has the members of its schema and no others`() throws {
        let schema = try Self.object(Data(Checkout.text("schemas/report.schema.json").utf8))
        let report = try Self.object(Data(Report(RunReport(command: "migrate")).json()))
        let properties = try #require(schema["properties"] as? [String: Any])
        #expect(Set(report.keys) == Set(properties.keys))
        for part in ["documents", "mentions", "assets"] {
            let rows = try #require((properties[part] as? [String: Any])?["properties"] as? [String: Any])
            let figures = try #require(report[part] as? [String: Any])
            #expect(Set(figures.keys) == Set(rows.keys))
        }
    }
}
