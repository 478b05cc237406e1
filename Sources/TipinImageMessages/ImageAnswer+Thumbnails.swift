extension ImageAnswer {
    /// Count, then size, width, height, format and length of each, then the bytes of all.
    static func payload(of thumbnails: [ImageThumbnail]) -> [UInt8] {
        var payload = MessageBytes()
        payload.append(UInt8(clamping: thumbnails.count))
        for thumbnail in thumbnails {
            payload.append(UInt16(clamping: thumbnail.size))
            payload.append(UInt16(clamping: thumbnail.width))
            payload.append(UInt16(clamping: thumbnail.height))
            payload.append(thumbnail.format.rawValue)
            payload.append(UInt32(clamping: thumbnail.bytes.count))
        }
        return thumbnails.reduce(into: payload.bytes) { $0 += $1.bytes }
    }

    static func thumbnails(_ payload: inout MessageBytes) throws(MessageError) -> [ImageThumbnail] {
        let count = Int(try payload.next(UInt8.self))
        guard 1...ImageTask.maximumCount ~= count else { throw .impossible }
        var thumbnails: [ImageThumbnail] = []
        var lengths: [Int] = []
        for _ in 0..<count {
            let size = try payload.nextCount(UInt16.self)
            let width = try payload.nextCount(UInt16.self)
            let height = try payload.nextCount(UInt16.self)
            let kind = try payload.next(UInt8.self)
            guard let format = ImageFormat(rawValue: kind) else { throw .unknownKind(kind) }
            lengths.append(try payload.nextCount(UInt32.self))
            guard ImageTask.allowedSizes ~= size, 1...size ~= width, 1...size ~= height else { throw .impossible }
            thumbnails.append(
                ImageThumbnail(size: size, width: width, height: height, format: format, bytes: []))
        }
        for (index, length) in lengths.enumerated() { thumbnails[index].bytes = try payload.next(bytes: length) }
        guard payload.rest.isEmpty else { throw .tooLong(payload.rest.count) }
        return thumbnails
    }
}
