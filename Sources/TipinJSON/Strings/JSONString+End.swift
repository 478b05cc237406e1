internal import Glibc

extension JSONString {
    /// Where the string that begins at an offset ends, with its closing quote; `nil` where the text ends before it.
    ///
    /// Jumps from quote to quote: a string may be many megabytes long.
    package static func end(ofToken start: Int, in text: UnsafeBufferPointer<UInt8>) -> Int? {
        guard let base = text.baseAddress else { return nil }
        let first = start + 1
        var position = first
        while position < text.count,
            let found = memchr(base + position, Int32(UInt8(ascii: "\"")), text.count - position)
        {
            let quote = UnsafePointer(found.assumingMemoryBound(to: UInt8.self)) - base
            position = quote + 1
            var backslashes = 0
            while quote - backslashes > first, text[quote - backslashes - 1] == UInt8(ascii: "\\") { backslashes += 1 }
            if backslashes.isMultiple(of: 2) { return position }
        }
        return nil
    }
}
