internal import TipinDiagnostics
internal import TipinJSON

/// The edits of all documents of one file, and the proof that nothing else changes.
struct FileChanges {
    private let loaded: LoadedFile
    /// In the order of the documents, each with its own edits in its own offsets.
    private var documents: [(range: Range<Int>, edits: [Edit])] = []

    init(_ loaded: LoadedFile) { self.loaded = loaded }

    /// - Parameter edits: in the document's own offsets, in any order.
    mutating func add(_ edits: [Edit], of document: LoadedDocument) {
        guard !edits.isEmpty else { return }
        let range = document.offset..<(document.offset + document.collected.bytes.count)
        documents.append((range, edits.sortedByPlace()))
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
    /// - Parameter depthLimit: of each document.
    func fault(in bytes: [UInt8], depthLimit: Int) -> String? {
        loaded.bytes.withUnsafeBufferPointer { old in
            bytes.withUnsafeBufferPointer { new in
                var shift = 0
                var position = 0
                for document in documents {
                    let start = document.range.lowerBound
                    let growth = document.edits.reduce(0) { $0 + $1.replacement.count - $1.range.count }
                    let newRange = (start + shift)..<(document.range.upperBound + shift + growth)
                    guard newRange.upperBound <= new.count,
                        new[(position + shift)..<(start + shift)].elementsEqual(old[position..<start])
                    else { return Self.words(.bytesDiffer(at: position + shift)) }
                    let text = UnsafeBufferPointer(rebasing: new[newRange])
                    // A second line would be a second document.
                    if loaded.file.isLines, text.contains(0x0A) { return "a line would become two" }
                    do throws(TokenComparison.Fault) {
                        try TokenComparison.check(
                            document.edits, from: UnsafeBufferPointer(rebasing: old[document.range]), to: text,
                            depthLimit: depthLimit)
                    } catch {
                        return Self.words(error)
                    }
                    position = document.range.upperBound
                    shift += growth
                }
                let isRestEqual = new[(position + shift)...].elementsEqual(old[position...])
                return isRestEqual ? nil : Self.words(.bytesDiffer(at: position + shift))
            }
        }
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
