internal import TipinAssets

/// Assets that no table of the app's own names, as the catalog was at one moment.
struct Unnamed: Sendable {
    let assets: ArraySlice<UnusedAsset>
    /// The catalog's at that moment.
    private let mark: Int

    init(_ assets: ArraySlice<UnusedAsset>, _ reader: CatalogReader) throws {
        let names = try AppNames(of: assets.map { ($0.id, $0.sha256) }, reader)
        self.init(assets.filter { !names.contain($0.id, $0.sha256) }[...], mark: try reader.changeMark())
    }

    /// Without the first of them.
    init(_ unnamed: Unnamed, dropping count: Int) {
        self.init(unnamed.assets.dropFirst(count), mark: unnamed.mark)
    }

    private init(_ assets: ArraySlice<UnusedAsset>, mark: Int) {
        self.assets = assets
        self.mark = mark
    }

    func filter(_ isIncluded: (UnusedAsset) throws -> Bool) rethrows -> Unnamed {
        Unnamed(try assets.filter(isIncluded)[...], mark: mark)
    }

    /// Those that are still not named. Only where somebody wrote to the catalog since are its tables read again, for
    /// all of them at once: what nobody wrote to names what it named then.
    func looked(again reader: CatalogReader) throws -> Unnamed {
        try reader.changeMark() == mark ? self : Unnamed(assets, reader)
    }
}
