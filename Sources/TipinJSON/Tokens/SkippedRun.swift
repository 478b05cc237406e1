internal import Glibc

/// The inside of a `data:` URL, which yajl need not look at byte by byte: a picture of many megabytes has nothing that
/// a parser of JSON could want to know.
enum SkippedRun {
    /// At most so many bytes apart the text is looked into; a run that is twice as long is found.
    private static let stride = 8 << 10
    private static let beginning = Array("data:".utf8)

    /// The first run at or after `position`, without the quotes around the string and the first bytes in it.
    ///
    /// Wherever a quote and a letter follow one another, yajl is inside a string behind them or has refused the text
    /// there: what is skipped can neither end that string nor be wrong in it.
    static func next(in text: UnsafeBufferPointer<UInt8>, from position: Int) -> Range<Int>? {
        var start = position
        while let base = text.baseAddress, text.count - start > stride {
            let end = start + stride
            var quote = end - 1
            while quote >= start, base[quote] != UInt8(ascii: "\"") { quote -= 1 }
            let first = quote + 1 + beginning.count
            if quote >= start, first <= text.count, text[(quote + 1)..<first].elementsEqual(beginning),
                let run = plainRun(base, from: first, to: text.count)
            {
                return run
            }
            start = end
        }
        return nil
    }

    /// The bytes before the next quote; `nil` where they are few, or are not all plain.
    private static func plainRun(_ base: UnsafePointer<UInt8>, from start: Int, to end: Int) -> Range<Int>? {
        guard let quote = memchr(base + start, Int32(UInt8(ascii: "\"")), end - start) else { return nil }
        let count = UnsafePointer(quote.assumingMemoryBound(to: UInt8.self)) - base - start
        guard count > stride, memchr(base + start, Int32(UInt8(ascii: "\\")), count) == nil,
            !hasControls(base + start, count)
        else { return nil }
        return start..<(start + count)
    }

    /// Whether one of the bytes is less than a space.
    private static func hasControls(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        var lowest: UInt8 = 0xFF
        for index in 0..<count { lowest = min(lowest, bytes[index]) }
        return lowest < 0x20
    }
}
