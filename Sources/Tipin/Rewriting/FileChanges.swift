internal import TipinDiagnostics
internal import TipinDocument
internal import TipinJSON

/// The edits of all documents of one file, and the proof that nothing else changes.
struct FileChanges {
    private let loaded: LoadedFile
    private var documents: [Document] = []

    /// In the order of the file, each with its own edits in its own offsets.
    fileprivate struct Document {
        let collected: CollectedDocument
        /// In the file.
        let range: Range<Int>
        let edits: [Edit]
    }

    init(_ loaded: LoadedFile) { self.loaded = loaded }

    /// - Parameter edits: in the document's own offsets, in any order.
    mutating func add(_ edits: [Edit], of document: LoadedDocument) {
        guard !edits.isEmpty else { return }
        let range = document.offset..<(document.offset + document.collected.bytes.count)
        documents.append(Document(collected: document.collected, range: range, edits: edits.sortedByPlace()))
    }

    var isEmpty: Bool { documents.isEmpty }

    /// In the file's offsets, in order.
    var edits: [Edit] {
        documents.flatMap { document in
            let offset = document.range.lowerBound
            return document.edits.map { edit in
                Edit(
                    (edit.range.lowerBound + offset)..<(edit.range.upperBound + offset), edit.replacement,
                    nesting: edit.nesting)
            }
        }
    }

    /// The file as it is to be; `nil` where two edits want the same bytes.
    var newBytes: [UInt8]? {
        documents.contains { $0.edits.overlap } ? nil : edits.applied(to: loaded.bytes)
    }

    /// What in new bytes of the file is not as the edits alone would have made it, in words; `nil` where nothing is.
    func fault(in bytes: [UInt8], _ settings: Settings) -> String? {
        let collector = DocumentCollector(rules: settings.rules, depthLimit: settings.depthLimit)
        let old = loaded.bytes
        var shift = 0
        var position = 0
        for document in documents {
            let start = document.range.lowerBound
            let growth = document.edits.reduce(0) { $0 + $1.replacement.count - $1.range.count }
            let range = (start + shift)..<(document.range.upperBound + shift + growth)
            guard range.upperBound <= bytes.count,
                bytes[(position + shift)..<(start + shift)].elementsEqual(old[position..<start])
            else { return Self.words(.bytesDiffer(at: position + shift)) }
            let text = range == bytes.indices ? bytes : Array(bytes[range])
            // A second line would be a second document.
            if loaded.file.isLines, text.contains(0x0A) { return "a line would become two" }
            if let fault = fault(in: text, of: document, collector) { return fault }
            position = document.range.upperBound
            shift += growth
        }
        let isRestEqual = bytes[(position + shift)...].elementsEqual(old[position...])
        return isRestEqual ? nil : Self.words(.bytesDiffer(at: position + shift))
    }

    /// One document's tokens must be its old ones but for the edits, and its mentions must stand where they stood.
    private func fault(in text: [UInt8], of document: Document, _ collector: DocumentCollector) -> String? {
        let outcome = document.collected.bytes.withUnsafeBufferPointer { old in
            text.withUnsafeBufferPointer { new -> Result<CollectedDocument?, TokenComparison.Fault> in
                do throws(TokenComparison.Fault) {
                    let watcher = try TokenComparison.watcher(
                        of: document.edits, from: old, to: new, depthLimit: collector.depthLimit)
                    return .success(try collect(text, collector, watcher))
                } catch {
                    return .failure(error)
                }
            }
        }
        switch outcome {
        case .failure(let fault): return Self.words(fault)
        case .success(nil): return "it would be no document"
        case .success(let collected?): return document.firstDifference(from: collected)
        }
    }

    private func collect(
        _ text: [UInt8], _ collector: DocumentCollector, _ watcher: ReplacementWatcher
    ) throws(TokenComparison.Fault) -> CollectedDocument? {
        let folder = loaded.file.isLines ? nil : Paths.name(of: Paths.parent(of: loaded.file.path))
        let collected: CollectedDocument?
        do throws(JSONError) {
            collected = try collector.collect(text, folderName: folder, watcher: watcher)
        } catch {
            throw watcher.fault ?? .notJSON(error)
        }
        try watcher.finish()
        return collected
    }

    private static func words(_ fault: TokenComparison.Fault) -> String {
        switch fault {
        case .notJSON(let error): "\(error.problem.headline) (byte \(error.offset))"
        case .bytesDiffer(let offset): "bytes outside the edits differ (byte \(offset))"
        case .tokenCut(let offset): "an edit cuts a value in two (byte \(offset))"
        case .unbalanced(let offset): "an edit opens or closes what it should not (byte \(offset))"
        }
    }
}

extension FileChanges.Document {
    /// How the document read again is not the one that it was, in words.
    fileprivate func firstDifference(from new: CollectedDocument) -> String? {
        guard new.kind == collected.kind, new.id == collected.id else { return "it would be another document" }
        let old = collected.mentions.map { Int($0.owned.start) }.sorted()
        let now = new.mentions.map { Int($0.owned.start) }.sorted()
        var edit = 0
        var shift = 0
        for (index, start) in old.enumerated() {
            // What is edited inside a mention does not move its beginning.
            while edit < edits.count, edits[edit].range.lowerBound < start {
                shift += edits[edit].replacement.count - edits[edit].range.count
                edit += 1
            }
            guard index < now.count, now[index] <= start + shift else {
                return "a mention at byte \(start) would be none any more"
            }
            guard now[index] == start + shift else { return "a mention would stand at byte \(now[index])" }
        }
        return now.count == old.count ? nil : "a mention would stand at byte \(now[old.count])"
    }
}
