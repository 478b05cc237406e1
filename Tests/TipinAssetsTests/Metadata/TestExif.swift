import TipinTestPictures

/// An Exif block with a maker, an orientation and, where asked for, a position, a thumbnail and a comment behind them.
struct TestExif {
    var isLittle = true
    var orientation = 1
    var hasPosition = false
    var positionIsVersionOnly = false
    var thumbnail: [UInt8]?
    var comment = "a comment"
    /// What the comment's entry says it is: the user's comment, a maker's notes, a packet of XMP.
    var commentTag = 0x9286

    /// The TIFF structure: first directory, directory of Exif, of the position, of the thumbnail, values.
    var bytes: [UInt8] {
        let count = 3 + (hasPosition ? 1 : 0)
        let exif = 8 + 2 + 12 * count + 4
        let position = exif + 2 + 12 + 4
        let positionCount = positionIsVersionOnly ? 1 : 5
        let next = hasPosition ? position + 2 + 12 * positionCount + 4 : position
        let values = next + (thumbnail == nil ? 0 : 2 + 24 + 4)
        let comment = Array((commentTag == 0x9286 ? "ASCII\0\0\0\(comment)\0" : comment).utf8)
        let degrees = values + comment.count

        var first = entry(0x010F, 2, 4, Array("Cam\0".utf8)) + entry(0x0112, 3, 1, number(orientation, 2))
        first += entry(0x8769, 4, 1, number(exif, 4))
        if hasPosition { first += entry(0x8825, 4, 1, number(position, 4)) }
        var result = (isLittle ? [0x49, 0x49] : [0x4D, 0x4D]) + number(42, 2) + number(8, 4)
        result += number(count, 2) + first + number(thumbnail == nil ? 0 : next, 4)
        result += number(1, 2) + entry(commentTag, 7, comment.count, number(values, 4)) + number(0, 4)
        if hasPosition { result += positionDirectory(degrees: degrees) }
        if let thumbnail {
            let start = degrees + (hasPosition && !positionIsVersionOnly ? 48 : 0)
            result += number(2, 2) + entry(0x0201, 4, 1, number(start, 4))
            result += entry(0x0202, 4, 1, number(thumbnail.count, 4)) + number(0, 4)
        }
        result += comment
        if hasPosition && !positionIsVersionOnly {
            for value in [52, 1, 31, 1, 1234, 100, 13, 1, 24, 1, 4321, 100] { result += number(value, 4) }
        }
        return result + (thumbnail ?? [])
    }

    private func positionDirectory(degrees: Int) -> [UInt8] {
        let version = entry(0, 1, 4, [2, 3, 0, 0])
        guard !positionIsVersionOnly else { return number(1, 2) + version + number(0, 4) }
        return number(5, 2) + version + entry(1, 2, 2, Array("N\0".utf8)) + entry(2, 5, 3, number(degrees, 4))
            + entry(3, 2, 2, Array("E\0".utf8)) + entry(4, 5, 3, number(degrees + 24, 4)) + number(0, 4)
    }

    private func entry(_ tag: Int, _ type: Int, _ count: Int, _ value: [UInt8]) -> [UInt8] {
        number(tag, 2) + number(type, 2) + number(count, 4) + value + [UInt8](repeating: 0, count: 4 - value.count)
    }

    private func number(_ value: Int, _ count: Int) -> [UInt8] {
        isLittle ? TestPicture.little(value, count) : TestPicture.big(value, count)
    }

    /// The same as a JPEG segment.
    var segment: [UInt8] { TestPicture.segment(0xE1, Array("Exif\0\0".utf8) + bytes) }
}
