internal import CCurl
internal import Glibc

/// What libcurl's callbacks work on. Used by one thread: the one that performs the transfer.
final class TransferContext {
    private let request: TransferRequest
    private let token: CancellationToken
    private(set) var body: [UInt8] = []
    private(set) var headers: [String: String] = [:]
    private(set) var hasTwoLengths = false
    private(set) var failure: TransferFailure?
    private var headerBytes = 0

    init(_ request: TransferRequest, _ token: CancellationToken) {
        self.request = request
        self.token = token
    }

    static func of(_ pointer: UnsafeMutableRawPointer?) -> TransferContext {
        // Safe because every callback is set together with this context, which outlives the transfer.
        Unmanaged<TransferContext>.fromOpaque(pointer!).takeUnretainedValue()
    }

    var isCancelled: Bool { token.isCancelled }

    /// - Returns: fewer than `count` to end the transfer.
    func takeBody(_ bytes: UnsafeMutablePointer<CChar>?, _ count: Int) -> Int {
        guard body.count + count <= request.maxBytes else {
            failure = .tooLarge(limit: request.maxBytes)
            return 0
        }
        body += UnsafeRawBufferPointer(start: bytes, count: count)
        return count
    }

    func takeHeader(_ bytes: UnsafeMutablePointer<CChar>?, _ count: Int) -> Int {
        headerBytes += count
        guard headerBytes <= 64 << 10 else { return 0 }
        let line = String(decoding: UnsafeRawBufferPointer(start: bytes, count: count), as: UTF8.self)
        guard let colon = line.firstIndex(of: ":") else {
            // A further status line begins a further answer (100 Continue).
            if line.hasPrefix("HTTP/") { headers = [:] }
            return count
        }
        let name = line[..<colon].lowercased()
        let value = line[line.index(after: colon)...].split(whereSeparator: \.isWhitespace).joined(separator: " ")
        if name == "content-length", let known = headers[name], known != value { hasTwoLengths = true }
        headers[name] = value
        return count
    }

    /// - Returns: whether the address may be called; what is refused is noted.
    func admits(_ literal: String) -> Bool {
        guard let admits = request.admits else { return true }
        if let address = NetworkAddress(literal), admits(address) { return true }
        failure = .refusedAddress(literal)
        return false
    }

    /// The last moment at which an address can be looked at: it is the one that is connected to.
    func openSocket(_ address: UnsafeMutablePointer<curl_sockaddr>) -> curl_socket_t {
        guard let literal = Self.literal(address) else { return CURL_SOCKET_BAD }
        guard admits(literal) else { return CURL_SOCKET_BAD }
        // An address before this one was refused, but this one is good.
        failure = nil
        let type = address.pointee.socktype | Int32(SOCK_CLOEXEC.rawValue)
        return socket(address.pointee.family, type, address.pointee.protocol)
    }

    private static func literal(_ address: UnsafeMutablePointer<curl_sockaddr>) -> String? {
        guard let offset = MemoryLayout<curl_sockaddr>.offset(of: \.addr) else { return nil }
        // libcurl allocates room for any address behind this member, whose declared type is the shortest of them.
        let start = UnsafeRawPointer(address) + offset
        switch address.pointee.family {
        case AF_INET:
            let bytes = start + (MemoryLayout<sockaddr_in>.offset(of: \.sin_addr) ?? 4)
            return NetworkAddress(bytes: Array(UnsafeRawBufferPointer(start: bytes, count: 4)))?.description
        case AF_INET6:
            let bytes = start + (MemoryLayout<sockaddr_in6>.offset(of: \.sin6_addr) ?? 8)
            return NetworkAddress(bytes: Array(UnsafeRawBufferPointer(start: bytes, count: 16)))?.description
        default: return nil
        }
    }
}
