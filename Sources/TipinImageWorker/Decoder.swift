internal import CVips
internal import Glibc
internal import TipinImageMessages

/// libvips with the four loaders, the two savers of thumbnails, and nothing else.
struct Decoder {
    let version: String

    /// Starts libvips; `nil` where it does not.
    init?() {
        tipin_drop_messages()
        // A picture that cannot be decoded line by line would go to a temporary file, which the sandbox denies.
        guard setenv("VIPS_DISC_THRESHOLD", "64g", 1) == 0 else { return nil }
        guard vips_init("tipin-image") == 0 else { return nil }
        vips_block_untrusted_set(1)
        vips_operation_block_set("VipsForeignLoad", 1)
        vips_operation_block_set("VipsForeignSave", 1)
        for loader in ["Jpeg", "Png", "Webp", "Nsgif"] {
            vips_operation_block_set("VipsForeignLoad\(loader)Buffer", 0)
        }
        for saver in ["Jpeg", "Webp"] { vips_operation_block_set("VipsForeignSave\(saver)Buffer", 0) }
        vips_cache_set_max(0)
        vips_concurrency_set(1)
        version = String(cString: vips_version_string())
    }

    func answer(to request: ImageRequest, bytes: [UInt8]) -> ImageAnswer {
        vips_error_clear()
        switch request.task {
        case .probe: return probed(request, bytes)
        case .thumbnails(let sizes): return thumbnails(sizes, request, bytes)
        }
    }

    /// Decodes every pixel of every frame.
    private func probed(_ request: ImageRequest, _ bytes: [UInt8]) -> ImageAnswer {
        bytes.withUnsafeBytes { buffer in
            guard let image = load(buffer, as: request.format) else { return damaged() }
            defer { g_object_unref(UnsafeMutableRawPointer(image)) }
            var facts = self.facts(of: image)
            if let words = request.caps.excess(width: facts.width, height: facts.height, frames: facts.frames) {
                return .tooLarge(words)
            }
            guard decodeAll(image, facts, buffer, as: request.format) else { return damaged(facts, request.format) }
            if vips_image_get_orientation_swap(image) != 0 { swap(&facts.width, &facts.height) }
            return .facts(facts)
        }
    }

    func load(_ bytes: UnsafeRawBufferPointer, as format: ImageFormat) -> OpaquePointer? {
        var image: OpaquePointer?
        let failed =
            switch format {
            case .jpeg: tipin_load_jpeg(bytes.baseAddress, bytes.count, &image)
            case .png: tipin_load_png(bytes.baseAddress, bytes.count, &image)
            case .webp: tipin_load_webp(bytes.baseAddress, bytes.count, 0, -1, &image)
            case .gif: tipin_load_gif(bytes.baseAddress, bytes.count, &image)
            }
        return failed == 0 ? image : nil
    }

    /// Frames of an animated WebP come into memory together, so that a long one is decoded in several runs.
    private func decodeAll(
        _ image: OpaquePointer, _ facts: ImageFacts, _ bytes: UnsafeRawBufferPointer, as format: ImageFormat
    ) -> Bool {
        let framesPerRun = max(1, Self.pixelsPerRun / (facts.width * facts.height))
        guard format == .webp, facts.frames > framesPerRun else { return tipin_decode_all(image) == 0 }
        for first in stride(from: 0, to: facts.frames, by: framesPerRun) {
            var run: OpaquePointer?
            let count = Int32(min(framesPerRun, facts.frames - first))
            guard tipin_load_webp(bytes.baseAddress, bytes.count, Int32(first), count, &run) == 0, let run else {
                return false
            }
            defer { g_object_unref(UnsafeMutableRawPointer(run)) }
            guard tipin_decode_all(run) == 0 else { return false }
        }
        return true
    }

    /// As stored, before the orientation is applied.
    func facts(of image: OpaquePointer) -> ImageFacts {
        let height = Int(vips_image_get_height(image))
        let frameHeight = Int(vips_image_get_page_height(image))
        return ImageFacts(
            width: Int(vips_image_get_width(image)), height: frameHeight, frames: max(1, height / max(1, frameHeight)),
            hasAlpha: vips_image_hasalpha(image) != 0)
    }

    /// Pixels of a WebP that are in memory together, four bytes and more each.
    private static let pixelsPerRun = 32_000_000

    func damaged(_ facts: ImageFacts? = nil, _ format: ImageFormat = .png) -> ImageAnswer {
        defer { vips_error_clear() }
        let words = String(cString: vips_error_buffer())
        // libwebp does not say that it got no memory; what has a whole header and many pixels failed for that.
        let pixels = facts.map { $0.width * $0.height } ?? 0
        if words.contains("out of memory") || (format == .webp && pixels > Self.pixelsPerRun) {
            return .tooLarge("decoding it takes more memory than the worker may use")
        }
        return .damaged(words.isEmpty ? "the decoder gave no reason" : words)
    }
}
