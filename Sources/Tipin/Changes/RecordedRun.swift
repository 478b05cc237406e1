internal import TipinAssets
internal import TipinDocument
internal import TipinFiles
package import TipinJSON

/// What is known of a run from its journal.
package struct RecordedRun: Sendable, Equatable {
    package var id: String
    package var command: String
    /// ISO 8601, UTC.
    package var startedAt: String
    /// The folder of `--output`; `nil` where documents were changed in place.
    package var output: String?
    /// The run that this one took back.
    package var undoes: String?
    /// Files that it changed.
    package var files = 0
    /// `false` where it was stopped in the middle, or goes on at this moment.
    package var isFinished = false
    /// Of an undoing: files that it could not put back, or not wholly.
    package var left = 0
    /// The run that took this one back.
    package var undoneBy: String?
    /// Where it was recorded, if not here: its journal was moved, copied or came from somebody else.
    package var origin: ForeignOrigin?
    /// Paths that were recorded but not written.
    var failed: Set<ByteKey> = []

    package var isForeign: Bool { origin != nil }

    /// One object on a line.
    package func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("run", id)
            writer.member("command", command)
            writer.member("startedAt", startedAt)
            writer.member("output", output)
            writer.member("files", files)
            writer.member("left", left)
            writer.key("finished")
            writer.boolean(isFinished)
            writer.key("foreign")
            writer.boolean(isForeign)
            writer.member("undoes", undoes)
            writer.member("undoneBy", undoneBy)
        }
        writer.newline()
    }

    /// Reads a run's journal through.
    /// - Throws: `ChangeError.runDamaged`.
    init(_ id: String, in folder: RunFolder) throws {
        let reader = JournalReader(id, in: folder)
        let header = try reader.header()
        self.id = id
        (command, startedAt, output, undoes) = (header.command, header.startedAt, header.output, header.undoes)
        origin = ForeignOrigin(header.folder, seenFrom: try RunPlace(folder))
        try reader.scan { kind, line in
            switch kind {
            case .change: files += 1
            case .failed: failed.formUnion(try (line().failed ?? []).map(ByteKey.init))
            case .end:
                isFinished = true
                left = try line().end?.left ?? 0
            default: break
            }
        }
        files -= failed.count
    }
}
