import Foundation
import Testing
import Tipin
import TipinDiagnostics
import TipinTestSupport

/// Lines that come through a pipe and whose run cannot write any more.
struct LineRunTests {
    private struct Full: Error {}

    enum Stream: CaseIterable, Sendable { case output, rejects, say }

    /// So many bytes that not all lines are worked on together.
    private static let lines = (0..<15).map { number in
        let pad = String(repeating: "x", count: 400_000)
        let line = Chapter.line(#"{"src":"$data\#(number % 3)"}"#, id: "c\(number)")
        return number == 1 ? #"no JSON "id":"c1""# : #"{"pad":"\#(pad)","# + line.dropFirst()
    }

    /// Whoever sent them through the pipe may have them no more.
    @Test(arguments: [
        (Stream.output, true), (.rejects, true), (.say, true), (.say, false),
    ]) func `what was read goes where something can still be written`(_ broken: Stream, _ hasRejects: Bool) async throws
    {
        var book = try TestBook(hasRemote: false)
        book.images = HeaderImages()
        let text = Array(book.expanded(Self.lines.joined(separator: "\n") + "\n").utf8)
        var position = 0
        let source = LineSource(limit: 1 << 30) { wanted in
            defer { position = min(position + wanted, text.count) }
            return Array(text[position..<min(position + wanted, text.count)])
        }
        var written: [Stream: [UInt8]] = [.output: [], .rejects: []]
        func write(_ bytes: [UInt8], to stream: Stream) throws {
            if stream == broken { throw Full() }
            written[stream]? += bytes
        }
        let streams = LineRun.Streams(
            output: { try write($0, to: .output) }, rejects: hasRejects ? { try write($0, to: .rejects) } : nil,
            say: { _ in try write([], to: .say) })
        let workspace = try book.writing()
        defer { workspace.close() }
        let options = RunOptions(paths: ["-"], profile: .portable, destination: .nowhere)
        await #expect(throws: Full.self) {
            _ = try await LineRun(workspace, options, .migrate).run(command: "migrate", source, streams)
        }
        #expect(position < text.count)
        let read = text[..<position]
        let whole = read.count { $0 == 0x0A }
        let (output, rejects) = (written[.output] ?? [], written[.rejects] ?? [])
        let all = String(decoding: output + rejects, as: UTF8.self)
        for number in 0..<whole { #expect(all.ranges(of: #""id":"c\#(number)""#).count == 1) }
        let unfinished = read.suffix(from: (read.lastIndex(of: 0x0A) ?? 0) + 1)
        #expect(!unfinished.isEmpty)
        #expect((hasRejects && broken != .rejects ? rejects : output).reversed().starts(with: unfinished.reversed()))
        // One that was done is done, and none is there as it was besides.
        #expect(all.contains("\"assetId\"") == (broken == .say))
    }
}
