import Foundation
import TipinDiagnostics
import TipinFiles
import TipinSync
import TipinTestSupport

/// Owns every address and answers nothing.
final class UnreachableRemote: Remote {
    let name = RemoteName(rawValue: "https://api.example")
    let canPublish = true

    func owns(_ url: String) -> Bool { true }
    func upload(_ item: UploadItem) async throws(RemoteError) -> RemoteCopy { throw Self.silence }
    func presence(of url: String, id: String?, sha256: String, size: Int?) async -> RemotePresence {
        .unknown(Self.silence)
    }
    func comparison(of url: String, id: String?, sha256: String, size: Int?) async -> RemotePresence {
        .unknown(Self.silence)
    }
    func download(_ url: String, maxBytes: Int) async throws(RemoteError) -> [UInt8] { throw Self.silence }
    func currentURL(bookID: String, sha256: String, ext: String) -> String? { nil }
    func probe() async throws(RemoteError) { throw Self.silence }

    private static let silence = RemoteError.notReachable(url: "https://api.example", words: "nobody answers")
}
