import Foundation

extension CatalogOpeningTests {
    /// Puts a symbolic link beside the catalog.
    func makeLink(from name: String, to target: String) throws {
        let place = (target as NSString).deletingLastPathComponent + "/" + name
        try FileManager.default.createSymbolicLink(atPath: place, withDestinationPath: target)
    }
}
