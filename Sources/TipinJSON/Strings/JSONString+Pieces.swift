internal import Glibc

extension JSONString {
    /// Appends the text of a piece of a string token's inside.
    /// - Returns: `false` where the piece begins or ends inside an escape, or the string would end in it.
    static func appendText(of piece: Slice<UnsafeBufferPointer<UInt8>>, to text: inout [UInt8]) -> Bool {
        let body = UnsafeBufferPointer(rebasing: piece)
        guard let base = body.baseAddress, !body.isEmpty else { return true }
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 8) { escape in
            var position = 0
            while position < body.count {
                let found = memchr(base + position, Int32(UInt8(ascii: "\\")), body.count - position)
                let end = found.map { UnsafePointer($0.assumingMemoryBound(to: UInt8.self)) - base } ?? body.count
                let run = UnsafeBufferPointer(rebasing: body[position..<end])
                guard !run.contains(UInt8(ascii: "\"")) else { return false }
                text.append(contentsOf: run)
                guard end < body.count else { return true }
                var reader = EscapeReader(body, at: end)
                var count = 0
                reader.copyNext(to: escape, at: &count)
                guard reader.position <= body.count else { return false }
                text.append(contentsOf: escape[..<count])
                position = reader.position
            }
            return true
        }
    }
}
