import Foundation
import Testing
import TipinTestSupport

/// Compares whole transcripts with files of the checkout; `TIPIN_RECORD=1` writes the files anew.
enum Golden {
    private static let folder = "Tests/TipinCommandTests/Golden"
    private static let isRecording = ProcessInfo.processInfo.environment["TIPIN_RECORD"] == "1"

    static func expect(
        _ invocations: [Invocation], _ name: String, at desk: Desk, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let transcript = desk.masked(invocations.map(\.transcript).joined(separator: "\n"))
        try expect(transcript, name, sourceLocation: sourceLocation)
    }

    static func expect(
        _ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let file = Checkout.path("\(folder)/\(name).txt")
        if isRecording {
            try FileManager.default.createDirectory(
                atPath: Checkout.path(folder), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: URL(fileURLWithPath: file))
            return
        }
        guard let expected = try? String(contentsOfFile: file, encoding: .utf8) else {
            Issue.record("\(name).txt is missing; record it with TIPIN_RECORD=1", sourceLocation: sourceLocation)
            return
        }
        if text != expected {
            let difference = LineDifference(from: expected, to: text)
            Issue.record("\(folder)/\(name).txt (-) and the run (+):\n\(difference)", sourceLocation: sourceLocation)
        }
    }
}
