import Foundation
import Testing
import Tipin
import TipinAssets
import TipinDiagnostics
import TipinTestSupport

/// What a configuration may say that was only found beside the documents (RULES "Configuration").
struct FoundConfigurationTests {
    private let temporary: TemporaryFolder

    init() throws { temporary = try TemporaryFolder() }

    /// - Parameter isTrusted: whether the run begins in the configuration's folder.
    private func settings(_ text: String, isTrusted: Bool) throws -> Settings {
        try temporary.write(text, to: "book/tipin.json")
        let overrides = SettingsOverrides(workingFolder: isTrusted ? temporary.path + "/book" : temporary.path)
        return try SettingsResolver(overrides).settings(for: temporary.path + "/book")
    }

    private func report(_ settings: Settings, _ diagnostics: Diagnostic...) -> RunReport {
        var report = RunReport(command: "publish")
        report.diagnostics = diagnostics
        report.apply(settings.severities)
        return report
    }

    @Test(arguments: [true, false]) func `keeps positions in pictures only where it is trusted`(
        _ isTrusted: Bool
    ) throws {
        let settings = try settings(#"{"metadata":"keep"}"#, isTrusted: isTrusted)
        #expect(settings.importLimits.metadata == (isTrusted ? .keep : .stripGPS))
        #expect(settings.ignored.map(\.code) == (isTrusted ? [] : [.configLimited]))
    }

    @Test func `may have more taken out of pictures`() throws {
        let settings = try settings(#"{"metadata":"strip-all"}"#, isTrusted: false)
        #expect(settings.importLimits.metadata == .stripAll)
        #expect(settings.ignored.isEmpty)
    }

    @Test(arguments: ["warning", "note", "off"]) func `lowers errors only where it is trusted`(_ level: String) throws {
        let problem = Diagnostic(Problem(.assetMissing, "picture is missing"))
        for isTrusted in [true, false] {
            let settings = try settings(#"{"severity":{"asset-missing":"\#(level)"}}"#, isTrusted: isTrusted)
            #expect(report(settings, problem).errorCount == (isTrusted ? 0 : 1))
            #expect(settings.ignored.map(\.code) == (isTrusted ? [] : [.configLimited]))
        }
    }

    @Test func `does not lower what is an error in this run alone`() throws {
        let settings = try settings(#"{"severity":{"src-removed":"off"}}"#, isTrusted: false)
        let problem = Problem(.srcRemoved, "address was removed")
        let report = report(settings, Diagnostic(problem), Diagnostic(problem, severity: .error))
        #expect(report.diagnostics.map(\.severity) == [.error])
    }

    @Test func `may make findings weigh more`() throws {
        let settings = try settings(#"{"severity":{"src-removed":"error"}}"#, isTrusted: false)
        #expect(report(settings, Diagnostic(Problem(.srcRemoved, "address was removed"))).errorCount == 1)
        #expect(settings.ignored.isEmpty)
    }

    @Test func `the sum does not praise what was not done`() {
        var report = RunReport(command: "publish")
        report.documents = 1
        #expect(Report(report).summary().contains("every reader"))
        report.failedDocuments = 1
        #expect(!Report(report).summary().contains("every reader"))
    }
}
