internal import CCurl
internal import Glibc

/// What libcurl's callbacks work on. Used by one thread: the one that performs the transfer.
final class TransferContext {
    private let request: TransferRequest
    private let token: CancellationToken
    private(set) var body: [UInt8] = []
    private(set) var headers: [String: String] = [:]
    private(set) var hasTwoLengths = false
    /// Of the answer whose headers are read now; 0 before its first line.
    private(set) var status = 0
    /// Whether all headers are here. What comes in the same form later is a trailer.
    private(set) var hasHeaders = false
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

    /// Whether the answer is one whose body is wanted whole.
    var isSuccess: Bool { 200..<300 ~= status }

    /// - Returns: fewer than `count` to end the transfer.
    func takeBody(_ bytes: UnsafeMutablePointer<CChar>?, _ count: Int) -> Int {
        guard isSuccess else { return takeWords(bytes, count) }
        guard body.count + count <= request.maxBytes else {
            failure = .tooLarge(limit: request.maxBytes)
            return 0
        }
        body += UnsafeRawBufferPointer(start: bytes, count: count)
        return count
    }

    /// A page that says why there is no success: its beginning is enough.
    private func takeWords(_ bytes: UnsafeMutablePointer<CChar>?, _ count: Int) -> Int {
        let room = Self.maxWords - body.count
        body += UnsafeRawBufferPointer(start: bytes, count: min(count, room))
        return count <= room ? count : 0
    }

    func takeHeader(_ bytes: UnsafeMutablePointer<CChar>?, _ count: Int) -> Int {
        headerBytes += count
        guard headerBytes <= Self.maxHeaders else { return 0 }
        let line = String(decoding: UnsafeRawBufferPointer(start: bytes, count: count), as: UTF8.self)
        if line.hasPrefix("HTTP/") {
            begin(line)
        } else if line.allSatisfy(\.isNewline) {
            hasHeaders = true
        } else if !hasHeaders, let colon = line.firstIndex(of: ":") {
            let value = line[line.index(after: colon)...].split(whereSeparator: \.isWhitespace)
            add(line[..<colon].lowercased(), value.joined(separator: " "))
        }
        return count
    }

    /// A further status line begins a further answer (100 Continue).
    private func begin(_ statusLine: String) {
        (headers, hasTwoLengths, hasHeaders) = ([:], false, false)
        status = statusLine.split(separator: " ").dropFirst().first.flatMap { Int($0.prefix(3)) } ?? 0
    }

    private func add(_ name: String, _ value: String) {
        if name == "content-length", let known = headers[name], known != value { hasTwoLengths = true }
        headers[name] = value
    }

    /// Bytes.
    private static let maxHeaders = 64 << 10
    private static let maxWords = 64 << 10

    /// - Returns: whether the address may be called; what is refused is noted.
    func admits(_ literal: String) -> Bool {
        guard let admits = request.admits else { return true }
        guard let address = NetworkAddress(literal), admits(address) else {
            failure = .refusedAddress(literal)
            return false
        }
        // A name may have several addresses, of which one before or beside this one was refused.
        failure = nil
        return true
    }

    /// The last moment at which an address can be looked at: it is the one that is connected to.
    func openSocket(_ address: UnsafeMutablePointer<curl_sockaddr>) -> curl_socket_t {
        guard let literal = Self.literal(address) else { return CURL_SOCKET_BAD }
        guard admits(literal) else { return CURL_SOCKET_BAD }
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
