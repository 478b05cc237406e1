internal import CVips
internal import TipinImageMessages

extension Decoder {
    /// Each size is made of the next larger one, so that the picture is decoded once.
    func thumbnails(_ sizes: [Int], _ request: ImageRequest, _ bytes: [UInt8]) -> ImageAnswer {
        bytes.withUnsafeBytes { buffer in
            let format = request.format
            guard let header = load(buffer, as: format) else { return damaged() }
            let whole = facts(of: header)
            g_object_unref(UnsafeMutableRawPointer(header))
            if let words = request.caps.excess(width: whole.width, height: whole.height, frames: 1) {
                return .tooLarge(words)
            }
            let largest = sizes.max() ?? 0
            let factor = Double(max(whole.width, whole.height)) / Double(max(1, largest))
            guard var image = loadFirstFrame(buffer, as: format, smallerBy: factor) else { return damaged() }
            defer { g_object_unref(UnsafeMutableRawPointer(image)) }
            var made: [Int: ImageThumbnail] = [:]
            for size in Set(sizes).sorted(by: >) {
                guard let small = smaller(image, size) else { return damaged(whole, format) }
                g_object_unref(UnsafeMutableRawPointer(image))
                image = small
                guard let thumbnail = thumbnail(image, size, of: format) else { return damaged(whole, format) }
                made[size] = thumbnail
            }
            let answer = sizes.compactMap { made[$0] }
            guard answer.reduce(0, { $0 + $1.bytes.count }) < ImageAnswer.maximumThumbnails - 1024 else {
                return .tooLarge("its thumbnails have more bytes than may be sent")
            }
            return .thumbnails(answer)
        }
    }

    /// With fewer pixels where the format can leave some out for nothing. At least two for each that stays are decoded
    /// of a JPEG: it drops them in blocks, which alone would look sharp.
    private func loadFirstFrame(
        _ bytes: UnsafeRawBufferPointer, as format: ImageFormat, smallerBy factor: Double
    ) -> OpaquePointer? {
        var image: OpaquePointer?
        let failed =
            switch format {
            case .jpeg:
                tipin_load_small_jpeg(
                    bytes.baseAddress, bytes.count, factor >= 16 ? 8 : factor >= 8 ? 4 : factor >= 4 ? 2 : 1, &image)
            case .webp:
                // A little more than is wanted, so that rounding never makes it less.
                tipin_load_small_webp(bytes.baseAddress, bytes.count, min(1, 1.01 / max(1, factor)), &image)
            case .gif: tipin_load_first_gif(bytes.baseAddress, bytes.count, &image)
            case .png: tipin_load_png(bytes.baseAddress, bytes.count, &image)
            }
        return failed == 0 ? image : nil
    }

    /// In memory: a line that was decoded once is not to be had a second time.
    private func smaller(_ image: OpaquePointer, _ size: Int) -> OpaquePointer? {
        var small: OpaquePointer?
        guard tipin_make_small(image, Int32(size), &small) == 0, let small else { return nil }
        defer { g_object_unref(UnsafeMutableRawPointer(small)) }
        return vips_image_copy_memory(small)
    }

    private func thumbnail(_ image: OpaquePointer, _ size: Int, of format: ImageFormat) -> ImageThumbnail? {
        var memory: UnsafeMutableRawPointer?
        var length = 0
        let isJPEG = format == .jpeg
        let failed = isJPEG ? tipin_save_jpeg(image, &memory, &length) : tipin_save_webp(image, &memory, &length)
        guard failed == 0, let memory else { return nil }
        defer { g_free(memory) }
        return ImageThumbnail(
            size: size, width: Int(vips_image_get_width(image)), height: Int(vips_image_get_height(image)),
            format: isJPEG ? .jpeg : .webp, bytes: Array(UnsafeRawBufferPointer(start: memory, count: length)))
    }
}
