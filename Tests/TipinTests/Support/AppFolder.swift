import Foundation
import Tipin
import TipinAssets
import TipinFiles
import TipinSync
import TipinTestSupport

/// What an app has beside the library: a folder for its data, pictures to choose from, and a server.
struct AppFolder {
    let temporary: TemporaryFolder

    init() throws { temporary = try TemporaryFolder() }

    var path: String { temporary.path }
    var imageWorker: String { Checkout.products + "/tipin-image" }
    var remote: String { "folder:\(path)/cdn?base=https://cdn.example/books" }

    /// What an app would say of its store; how long a picture takes is no subject of its tests.
    func configuration(_ data: String = "data", remote: String? = nil) -> AssetStore.Configuration {
        var configuration = AssetStore.Configuration(
            dataFolder: path + "/" + data, imageWorker: imageWorker, remote: remote)
        configuration.imageWallTime = .seconds(180)
        return configuration
    }

    /// A file that the user chooses.
    func file(_ bytes: [UInt8], _ name: String = "chosen.png") throws -> String {
        try temporary.write(bytes, to: name)
    }

    func picture(_ number: Int) throws -> String { try file(Picture(number).bytes, "chosen\(number).png") }

    func bytes(at path: String?) -> [UInt8]? {
        path.flatMap { FileManager.default.contents(atPath: $0) }.map { [UInt8]($0) }
    }

    func remove(_ path: String?) throws { try FileManager.default.removeItem(atPath: path ?? "") }

    /// A store whose server is a stub, and that does not wait between tries.
    func store(_ api: StubBookAPI, token: String? = nil) throws -> AssetStore {
        var settings = Settings()
        settings.dataFolder = path + "/data"
        settings.remote = api.base
        var host = Tipin.Host(workingFolder: path, token: token, imageWorker: imageWorker)
        host.imageLimits.wallTime = .seconds(180)
        host.pause = { _ in }
        return AssetStore(
            try Workspace(
                settings, host: host, access: Access(catalog: .writes, reachesLegacyHosts: true, reachesRemote: true)))
    }
}

/// The books' server of an app's tests.
struct AppServer {
    let api: StubBookAPI

    init() throws { api = try StubBookAPI() }

    func fail(_ status: Int) {
        api.answer(status, to: .uploads, headers: [(name: "Retry-After", value: "0")])
    }

    func recover() { api.recover() }

    /// The tags of what it keeps, by digest.
    var tags: [String: [String]] {
        Dictionary(api.uploads.map { ($0.fileName.prefix { $0 != "." }.description, $0.tags) }) { first, _ in first }
    }

    var uploadCount: Int { api.uploads.count }
}
