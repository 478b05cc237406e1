internal import TipinDiagnostics
internal import TipinDocument
internal import TipinFiles
internal import TipinJSON

/// The file of `--report`. It takes the place of nothing, of an empty file or of an earlier report: both when the run
/// begins and when the report is written, for the run may have made a document of that name meanwhile.
package struct ReportFile: Sendable {
    /// As the person named it.
    private let name: String
    /// Absolute.
    private let path: String

    private enum Standing {
        case nothing
        /// An empty file or an earlier report.
        case file(StandingBytes, isEmpty: Bool)
    }

    /// Why it must not be written.
    private enum Fault: Error {
        case notRegular
        case otherContent
        case file(FileError)

        var words: String {
            switch self {
            case .notRegular: "it is no regular file"
            case .otherContent: "something else than a report stands there"
            case .file(let error): error.systemMessage
            }
        }
    }

    /// - Parameters:
    ///   - name: as the person gave it.
    ///   - path: the same, absolute.
    ///   - destination: of the run, which makes an output folder itself.
    /// - Throws: `RunError.usage` where something stands there that is not to be written over; `RunError.fileNotMade`.
    package init(_ name: String, at path: String, destination: Destination = .nowhere) throws {
        self.name = name
        self.path = path
        do throws(Fault) {
            _ = try standing()
        } catch {
            throw RunError.usage(refusal([error.words]))
        }
        guard !Self.isMade(Paths.parent(of: path), by: destination) else { return }
        do throws(DocumentWriter.Failure) {
            try Self.writer.stream(to: path, .either).discard()
        } catch .file(let error) {
            throw RunError.fileNotMade("--report", path, error.systemMessage)
        }
    }

    /// Whether the folder is one that the run has yet to make.
    private static func isMade(_ folder: String, by destination: Destination) -> Bool {
        guard case .folder(let output) = destination, !Paths.exists(folder) else { return false }
        return Paths.isEqualOrBelow(Paths.real(folder), Paths.real(output))
    }

    private static let writer = DocumentWriter(followsLinks: true)

    /// Looks for the file among the documents of a run.
    /// - Throws: `RunError.usage` where it is one.
    package func check(_ groups: [PathGroup], host: Host) throws {
        guard case .file(_, let isEmpty)? = try? standing() else { return }
        let real = ByteKey(Paths.real(path))
        for group in groups {
            let walk = DocumentWalk(group.settings, workingFolder: host.workingFolder)
            for file in try walk.files(in: group.paths, leftOut: { _ in }) {
                // An earlier report that a walk meets is passed over.
                guard file.isNamed || isEmpty, ByteKey(Paths.real(file.path)) == real else { continue }
                throw RunError.usage(refusal(["it is one of the documents"]))
            }
        }
    }

    /// Where there is room for what the report is made of. Asked for before anything is done.
    func spool() throws(RunError) -> LineSpool {
        do throws(FileError) {
            return try LineSpool(in: Folder(opening: Paths.parent(of: path)))
        } catch {
            throw .fileNotMade("--report", path, error.systemMessage)
        }
    }

    package func write(_ report: Report) throws { try write { try $0(report.json()) } }

    /// - Parameter body: gives the report's bytes, piece by piece.
    /// - Throws: `RunError.reportNotWritten`; then the file is as it was.
    func write(_ body: (([UInt8]) throws -> Void) throws -> Void) throws {
        do {
            switch try standing() {
            case .nothing:
                let stream = try Self.writer.stream(to: path, .nothing)
                try body { try stream.append($0) }
                try stream.finish(over: nil)
            case .file(let bytes, _):
                let stream = try Self.writer.stream(to: path, .document)
                try body { try stream.append($0) }
                try stream.finish(over: bytes)
            }
        } catch let fault as Fault {
            throw RunError.reportNotWritten(["'\(Redaction.printable(path))': \(fault.words)"])
        } catch {
            throw RunError.reportNotWritten(error.problem.notes)
        }
    }

    // MARK: What stands there

    private func standing() throws(Fault) -> Standing {
        guard Paths.exists(path) else { return .nothing }
        // A pipe would hang, a device never end.
        guard Paths.isRegularFile(path) else { throw .notRegular }
        let bytes: [UInt8]
        do throws(FileError) {
            bytes = try OpenFile.following(path).readAll(limit: .max - 1)
        } catch {
            throw .file(error)
        }
        if bytes.isEmpty { return .file(StandingBytes(bytes), isEmpty: true) }
        let isJSON = bytes.withUnsafeBufferPointer { text in
            (try? Tokenizer.run(text, depthLimit: 64, consumer: IgnoredTokens())) != nil
        }
        guard isJSON, OwnFile(bytes) == .report else { throw .otherContent }
        return .file(StandingBytes(bytes), isEmpty: false)
    }

    private func refusal(_ notes: [String]) -> Problem {
        Problem(
            .usage, "--report would write over another file",
            notes: notes.map { "'\(Redaction.printable(name))': \($0)" },
            help: ["name a file that does not exist yet, or an earlier report; nothing was done"])
    }
}
