internal import Foundation
internal import Glibc
internal import TipinFiles

/// Reads a plan, a document at a time. It may come from anybody, so all that is said of it is checked.
struct PlanLines: ~Copyable {
    let header: Plan.Header
    private let path: String
    private var lines: LineReader
    private var count = 0
    private var isAtEnd = false

    /// - Parameters:
    ///   - path: absolute.
    ///   - limit: bytes that a line may have.
    /// - Throws: `ChangeError.planInvalid`.
    static func read(_ path: String, limit: Int) throws -> PlanLines {
        var lines = try open(path, limit)
        let first = (try? lines.next())?.bytes ?? []
        guard let header = header(first) else { throw ChangeError.planInvalid(path, "it is no plan") }
        guard header.tipinPlan == 1 else { throw ChangeError.planInvalid(path, "a newer tipin made it") }
        return PlanLines(path, header, lines)
    }

    private init(_ path: String, _ header: Plan.Header, _ lines: consuming LineReader) {
        self.path = path
        self.header = header
        self.lines = lines
    }

    private static func open(_ path: String, _ limit: Int) throws -> LineReader {
        do throws(FileError) {
            let file = try Folder(opening: Paths.parent(of: path)).openFile(Paths.name(of: path))
            guard try file.status().kind == .regular else { throw FileError(.open, path, EINVAL) }
            return LineReader(file, limit: limit)
        } catch {
            throw ChangeError.planInvalid(path, error.systemMessage)
        }
    }

    /// `nil` after the last document.
    mutating func next() throws -> Plan.Document? {
        guard !isAtEnd else { return nil }
        let next: LineReader.Line?
        do throws(FileError) {
            next = try lines.next()
        } catch {
            throw invalid(error.number == EFBIG ? "line \(count + 2) is too long" : error.systemMessage)
        }
        guard let next else { throw invalid("its end is missing") }
        if next.bytes.starts(with: Plan.closing) { return try end(next.bytes) }
        let bytes = next.bytes.last == UInt8(ascii: ",") ? next.bytes.dropLast() : next.bytes[...]
        count += 1
        guard let document = try? JSONDecoder().decode(Plan.Document.self, from: Data(bytes)) else {
            throw invalid("line \(count + 1) is no document of a plan, each of which stands on a line of its own")
        }
        return document
    }

    private mutating func end(_ line: [UInt8]) throws -> Plan.Document? {
        isAtEnd = true
        let bytes = [UInt8(ascii: "{")] + line.dropFirst(Plan.closing.count)
        guard let end = try? JSONDecoder().decode(Plan.End.self, from: Data(bytes)) else {
            throw invalid("its end cannot be read")
        }
        guard end.count == count else { throw invalid("it has \(count) documents and not \(end.count)") }
        return nil
    }

    private func invalid(_ words: String) -> ChangeError { .planInvalid(path, words) }

    private static func header(_ line: [UInt8]) -> Plan.Header? {
        guard line.count > Plan.opening.count, line.suffix(Plan.opening.count).elementsEqual(Plan.opening) else {
            return nil
        }
        let bytes = line.dropLast(Plan.opening.count) + [UInt8(ascii: "}")]
        return try? JSONDecoder().decode(Plan.Header.self, from: Data(bytes))
    }
}
