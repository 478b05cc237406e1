import TipinSync
import TipinTestSupport

extension HTTPRemote {
    /// A remote at an address of a test's own server.
    convenience init(
        at base: String, token: String? = nil, _ change: (inout RemoteOptions) -> Void = { _ in }
    ) throws {
        var options = RemoteOptions()
        options.token = token
        change(&options)
        self.init(base: try WebURL(base), options: options, threads: TransferThreads(count: 1))
    }
}
