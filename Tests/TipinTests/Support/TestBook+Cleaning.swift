import Foundation
import Testing
import Tipin
import TipinAssets
import TipinDiagnostics
import TipinDocument
import TipinFiles
import TipinTestSupport

extension TestBook {
    /// The same book some time later.
    func later(hours: Int64) -> TestBook {
        var book = self
        let clock = host.clock
        book.host.clock = WallClock { clock.now() + hours * 3_600_000 }
        return book
    }

    /// The same book, whose imports make thumbnails.
    var drawing: TestBook {
        var book = self
        book.settings.importLimits.thumbnails = [64]
        return book
    }

    /// The same book without a remote.
    var offline: TestBook {
        var book = self
        book.settings.remote = nil
        return book
    }

    /// What `assets gc` did, or would do, as `action id` or, for what has no id, `action digest`.
    struct Cleaned: Equatable {
        var items: [CleanedItem] = []
        var sum = CleanSum()

        var words: [String] { items.map { "\($0.action.rawValue) \($0.assetID ?? $0.sha256)" } }
    }

    /// Runs `assets gc`.
    /// - Parameters:
    ///   - documents: relative to the working folder.
    ///   - each: sees what is done while it is done.
    func clean(
        deletes: Bool = true, documents: [String] = [], books: [String] = [], maxCacheBytes: Int? = nil,
        each: (CleanedItem) throws -> Void = { _ in }
    ) async throws -> Cleaned {
        let workspace = try Workspace(
            settings, host: host, access: Access(catalog: deletes ? .cleans : .reads, reachesRemote: deletes),
            remote: remote)
        defer { workspace.close() }
        var options = CleanOptions()
        options.deletes = deletes
        options.documents = documents.isEmpty ? [] : [PathGroup(settings: settings, paths: documents)]
        options.completeBooks = books
        options.maxCacheBytes = maxCacheBytes
        var cleaned = Cleaned()
        cleaned.sum = try await CleanRun(workspace, options).run { item in
            cleaned.items.append(item)
            try? each(item)
        }
        return cleaned
    }
}
