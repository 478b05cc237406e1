internal import TipinDiagnostics
package import TipinDocument
internal import TipinFiles
internal import TipinJSON

/// The second stage: bytes become documents with their mentions.
package struct Collect: Sendable {
    private let parse: Parse
    private let collector: DocumentCollector

    package init(_ settings: Settings) {
        parse = Parse(documentLimit: settings.documentLimit)
        collector = DocumentCollector(rules: settings.rules, depthLimit: settings.depthLimit)
    }

    /// Never throws: what cannot be read is a diagnostic of the file.
    /// - Parameter threads: how many may work on the file.
    package func load(_ file: DocumentFile, threads: Int = 1) -> LoadedFile {
        var loaded = LoadedFile(file: file, bytes: [], status: nil)
        do {
            (loaded.bytes, loaded.status) = try parse.read(file.path, width: threads, isLines: file.isLines)
        } catch {
            loaded.diagnostics = [Diagnostic(error.problem(at: file.path), at: Place(file: file.label))]
            return loaded
        }
        guard file.isLines else {
            collectWhole(&loaded, threads: threads)
            return loaded
        }
        collectLines(&loaded)
        if !file.isNamed, loaded.documents.isEmpty { loaded.isForeign = loaded.passOverOtherLines() }
        return loaded
    }

    /// Whether some line of a file of many is a document.
    func holdsDocument(_ file: DocumentFile) throws -> Bool {
        var source = try lines(of: file)
        while let piece = try source.next() {
            if !piece.isOversized, !load(piece, of: file).documents.isEmpty { return true }
        }
        return false
    }

    /// The lines of a file, read as they are asked for.
    func lines(of file: DocumentFile) throws -> LineSource { try parse.lines(of: file.path) }

    /// The lines of a file, read as they are asked for.
    /// - Parameter diagnostics: gets why there are none.
    func lines(of file: DocumentFile, _ diagnostics: inout [Diagnostic]) -> LineSource? {
        do {
            return try lines(of: file)
        } catch {
            diagnostics.append(Diagnostic(error.problem(at: file.path), at: Place(file: file.label)))
            return nil
        }
    }

    /// The id of the book that a file holds; `nil` where it holds none. Of other documents little is read.
    func bookID(of file: DocumentFile) -> String? {
        guard let bytes = try? parse.read(file.path).bytes, collector.mayBeBook(bytes) else { return nil }
        let folder = Paths.name(of: Paths.parent(of: file.path))
        guard let document = try? collector.collect(bytes, folderName: folder), document.kind == .book else {
            return nil
        }
        return document.id
    }

    /// The documents in a piece of a stream of lines.
    func load(_ piece: LineSource.Piece, of file: DocumentFile) -> LoadedFile {
        var loaded = LoadedFile(file: file, bytes: piece.bytes, status: nil)
        loaded.lineBase = piece.lineBase
        loaded.offsetBase = piece.offsetBase
        collectLines(&loaded)
        return loaded
    }

    /// The documents in bytes that stand for the file's, without what stands beside it.
    func documents(in bytes: [UInt8], of file: DocumentFile) -> [LoadedDocument] {
        var loaded = LoadedFile(file: file, bytes: bytes, status: nil)
        if file.isLines { collectLines(&loaded) } else { collectWhole(&loaded) }
        return loaded.documents
    }

    /// Below so many bytes a second thread is not worth its start.
    private static let largeSize = 1 << 20

    private func collectWhole(_ loaded: inout LoadedFile, threads: Int = 1) {
        do throws(JSONError) {
            let folder = Paths.name(of: Paths.parent(of: loaded.file.path))
            let isShared = threads > 1 && loaded.bytes.count > Self.largeSize
            guard let collected = try collector.collect(loaded.bytes, folderName: folder, isShared: isShared) else {
                if !loaded.file.isNamed, OwnFile(loaded.bytes) != nil { return }
                loaded.isForeign = true
                if loaded.file.isNamed {
                    loaded.diagnostics.append(Diagnostic(Self.notADocument, at: Place(file: loaded.file.label)))
                }
                return
            }
            var document = LoadedDocument(collected: collected, offset: 0)
            readSidecar(of: &document, loaded.file, &loaded.diagnostics)
            loaded.documents = [document]
        } catch {
            loaded.diagnostics.append(diagnostic(error, in: loaded, from: .init()))
        }
    }

    private func collectLines(_ loaded: inout LoadedFile) {
        var start = 0
        var number = loaded.lineBase
        let bytes = loaded.bytes
        while start < bytes.count {
            let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
            number += 1
            if end - start > parse.documentLimit {
                let problem = ParseError.tooLarge(end - start, limit: parse.documentLimit).problem
                loaded.diagnostics.append(Diagnostic(problem, at: Place(file: loaded.file.label, line: number)))
                loaded.badLines.append(start..<end)
            } else if !bytes[start..<end].allSatisfy(Self.isBlank) {
                do throws(JSONError) {
                    if let collected = try collector.collect(Array(bytes[start..<end])) {
                        loaded.documents.append(LoadedDocument(collected: collected, offset: start, line: number))
                    } else {
                        let origin = PlaceFinder.Origin(offset: start, line: number)
                        let place = PlaceFinder(loaded).place(ofOffset: start, length: 0, pointer: nil, from: origin)
                        loaded.diagnostics.append(Diagnostic(Self.notADocument, at: place))
                        loaded.badLines.append(start..<end)
                    }
                } catch {
                    loaded.diagnostics.append(diagnostic(error, in: loaded, from: .init(offset: start, line: number)))
                    loaded.badLines.append(start..<end)
                }
            }
            start = end + 1
        }
    }

    /// White space of JSON (RFC 8259, 2); of a line, so without the line feed.
    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }

    private func diagnostic(
        _ error: JSONError, in loaded: LoadedFile, from origin: PlaceFinder.Origin
    ) -> Diagnostic {
        let offset = min(origin.offset + error.offset, loaded.bytes.count)
        let length = offset < loaded.bytes.count ? 1 : 0
        return Diagnostic(
            error.problem,
            at: PlaceFinder(loaded).place(ofOffset: offset, length: length, pointer: nil, from: origin))
    }

    private func readSidecar(
        of document: inout LoadedDocument, _ file: DocumentFile, _ diagnostics: inout [Diagnostic]
    ) {
        guard document.collected.needsSidecar || Self.hasManifestFile(document, file) else { return }
        do throws(SidecarFault) {
            document.manifestFile = .readable(try Sidecar(beside: file, parse))
        } catch {
            document.manifestFile = .unusable
            diagnostics.append(error.diagnostic(of: file))
        }
    }

    /// Whether a manifest file stands beside a document that names assets of which its own manifests do not tell.
    private static func hasManifestFile(_ document: LoadedDocument, _ file: DocumentFile) -> Bool {
        let collected = document.collected
        let naming = collected.mentions.lazy.filter { $0.site == .node && $0.form == .assetID }
        guard !naming.isEmpty, Paths.exists(DocumentFile.sidecarPath(of: file.path)) else { return false }
        let entries = ManifestEntries(of: document)
        return naming.contains { mention in
            let id = collected.details(of: mention, shorteningInline: true).assetID
            return id.map { entries.entry($0, for: mention) == nil } ?? false
        }
    }

    private static let notADocument = Problem(
        .notADocument, "JSON, but not a document",
        notes: ["a document is a TipTap doc, a chapter, a book or a record of an entity"],
        help: ["leave it out, or name its fields under 'mentions' in tipin.json"])
}

extension CollectedDocument {
    /// Whether a node's manifest entry has no place inside the document.
    package var needsSidecar: Bool {
        (kind == .doc && manifests.isEmpty)
            || mentions.contains { $0.site == .node && ($0.manifest < 0 || manifests[Int($0.manifest)].isForeign) }
    }
}
