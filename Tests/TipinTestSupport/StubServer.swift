internal import Foundation
internal import Glibc
internal import Synchronization

/// A scripted HTTP/1.1 server on loopback: every byte and every delay is the test's. It ends with the value.
///
/// It speaks raw sockets, because a library would mend what a test wants broken. One request a connection.
package final class StubServer: Sendable {
    package typealias Request = StubRequest
    package typealias Response = StubResponse

    package struct CannotListen: Error {}

    package let port: Int
    private let listener: Int32
    private let record = RequestRecord()

    /// - Parameters:
    ///   - maxBodyBytes: a longer body is not read: the answer is 413 at once.
    ///   - answer: runs on a thread of the connection's own.
    package init(maxBodyBytes: Int = 64 << 20, _ answer: @escaping @Sendable (Request) -> Response) throws {
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard listener >= 0, let port = Self.listen(on: listener) else { throw CannotListen() }
        self.port = port
        let places = DispatchSemaphore(value: Self.maxConnections)
        let connection = StubConnection(maxBodyBytes: maxBodyBytes, record: record, answer: answer)
        Thread.detachNewThread { [listener, record] in
            while true {
                let descriptor = accept(listener, nil, nil)
                if descriptor < 0 {
                    if errno == EINTR || errno == ECONNABORTED { continue }
                    break
                }
                _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
                record.addConnection()
                places.wait()
                Thread.detachNewThread {
                    connection.serve(descriptor)
                    places.signal()
                }
            }
            close(listener)
        }
    }

    /// Wakes the thread that accepts, which then closes the socket.
    deinit { shutdown(listener, Int32(SHUT_RDWR)) }

    /// `http://127.0.0.1:PORT`, without a final slash.
    package var base: String { "http://127.0.0.1:\(port)" }

    /// What was asked so far, in the order in which it was read whole.
    package var requests: [Request] { record.requests }

    /// How many connections were made so far, with or without a request.
    package var connectionCount: Int { record.connectionCount }

    private static let maxConnections = 16

    /// - Returns: the port that the kernel chose.
    private static func listen(on descriptor: Int32) -> Int? {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(descriptor, address, length) == 0 && Glibc.listen(descriptor, 16) == 0
                    && getsockname(descriptor, address, &length) == 0
            }
        }
        return isBound ? Int(UInt16(bigEndian: address.sin_port)) : nil
    }
}

/// Who came and what was asked, kept for the test while connections add to it.
final class RequestRecord: Sendable {
    private let all = Mutex<[StubRequest]>([])
    private let connections = Mutex(0)

    var requests: [StubRequest] { all.withLock { $0 } }
    var connectionCount: Int { connections.withLock { $0 } }

    func add(_ request: StubRequest) { all.withLock { $0.append(request) } }
    func addConnection() { connections.withLock { $0 += 1 } }
}
