internal import Glibc

/// One connection to a stub server: a request is read, an answer is sent.
struct StubConnection: Sendable {
    let maxBodyBytes: Int
    let record: RequestRecord
    let answer: @Sendable (StubRequest) -> StubResponse

    /// Closes the socket in the end.
    func serve(_ descriptor: Int32) {
        defer { close(descriptor) }
        limitWaiting(descriptor, seconds: 5)
        guard let head = readHead(descriptor) else { return }
        guard var request = StubRequest(head: head.bytes) else {
            return send(StubResponse(400, text: "not a request"), to: descriptor, hasBody: true)
        }
        let length = request.header("content-length").flatMap { Int($0) } ?? 0
        guard length <= maxBodyBytes, request.header("transfer-encoding") == nil else {
            record.add(request)
            return send(StubResponse(413, text: "too much"), to: descriptor, hasBody: true)
        }
        guard let body = readBody(descriptor, after: head.rest, length: length) else { return }
        request.body = body
        record.add(request)
        send(answer(request), to: descriptor, hasBody: request.method != "HEAD")
    }

    // MARK: Reading

    private func limitWaiting(_ descriptor: Int32, seconds: Int) {
        var limit = timeval(tv_sec: seconds, tv_usec: 0)
        let size = socklen_t(MemoryLayout<timeval>.size)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, size)
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, size)
    }

    /// Everything up to the empty line, and what came behind it already.
    private func readHead(_ descriptor: Int32) -> (bytes: [UInt8], rest: [UInt8])? {
        var bytes: [UInt8] = []
        let end: [UInt8] = [13, 10, 13, 10]
        while bytes.count < 64 << 10 {
            let searched = max(0, bytes.count - 3)
            guard let chunk = readChunk(descriptor) else { return nil }
            bytes += chunk
            for start in searched..<max(searched, bytes.count - 3) where bytes[start..<start + 4].elementsEqual(end) {
                return (Array(bytes[..<start]), Array(bytes[(start + 4)...]))
            }
        }
        return nil
    }

    private func readBody(_ descriptor: Int32, after rest: [UInt8], length: Int) -> [UInt8]? {
        var body = rest
        while body.count < length {
            guard let chunk = readChunk(descriptor) else { return nil }
            body += chunk
        }
        return body.count == length ? body : nil
    }

    /// `nil` at the end, and when nothing comes for too long.
    private func readChunk(_ descriptor: Int32) -> [UInt8]? {
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        let count = recv(descriptor, &buffer, buffer.count, 0)
        return count > 0 ? Array(buffer[..<count]) : nil
    }

    // MARK: Answering

    private func send(_ response: StubResponse, to descriptor: Int32, hasBody: Bool) {
        if response.delay > 0 { usleep(UInt32(min(response.delay, 200)) * 1000) }
        let bytes = response.bytes(hasBody: hasBody)
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return }
            sent += count
        }
        end(descriptor, response.ending)
    }

    private func end(_ descriptor: Int32, _ ending: StubResponse.Ending) {
        switch ending {
        case .reset:
            var option = linger(l_onoff: 1, l_linger: 0)
            setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
        // Longer than any test waits, also where the machine is slow.
        case .silent: drain(descriptor, seconds: 60)
        case .closed:
            // What the client still sends is read: closing over it would throw away the answer on its way.
            shutdown(descriptor, Int32(SHUT_WR))
            drain(descriptor, seconds: 10)
        }
    }

    /// Reads until the client goes away, for 64 MiB at most.
    private func drain(_ descriptor: Int32, seconds: Int) {
        limitWaiting(descriptor, seconds: seconds)
        var count = 0
        while count < 64 << 20, let chunk = readChunk(descriptor) { count += chunk.count }
    }
}
