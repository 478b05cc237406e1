internal import CVips
internal import TipinImageMessages

/// libvips with the four loaders and nothing else.
struct Decoder {
    let version: String

    /// Starts libvips; `nil` where it does not.
    init?() {
        tipin_drop_messages()
        guard vips_init("tipin-image") == 0 else { return nil }
        vips_block_untrusted_set(1)
        vips_operation_block_set("VipsForeignLoad", 1)
        vips_operation_block_set("VipsForeignSave", 1)
        for loader in ["Jpeg", "Png", "Webp", "Nsgif"] {
            vips_operation_block_set("VipsForeignLoad\(loader)Buffer", 0)
        }
        vips_cache_set_max(0)
        vips_concurrency_set(1)
        version = String(cString: vips_version_string())
    }

    /// Decodes every pixel of every frame.
    func answer(to request: ImageRequest, bytes: [UInt8]) -> ImageAnswer {
        bytes.withUnsafeBytes { buffer in
            vips_error_clear()
            guard let image = load(buffer, as: request.format) else { return damaged() }
            defer { g_object_unref(UnsafeMutableRawPointer(image)) }
            var facts = self.facts(of: image)
            if let words = request.caps.excess(width: facts.width, height: facts.height, frames: facts.frames) {
                return .tooLarge(words)
            }
            guard tipin_decode_all(image) == 0 else { return damaged() }
            if vips_image_get_orientation_swap(image) != 0 { swap(&facts.width, &facts.height) }
            return .facts(facts)
        }
    }

    private func load(_ bytes: UnsafeRawBufferPointer, as format: ImageFormat) -> OpaquePointer? {
        var image: OpaquePointer?
        let failed =
            switch format {
            case .jpeg: tipin_load_jpeg(bytes.baseAddress, bytes.count, &image)
            case .png: tipin_load_png(bytes.baseAddress, bytes.count, &image)
            case .webp: tipin_load_webp(bytes.baseAddress, bytes.count, &image)
            case .gif: tipin_load_gif(bytes.baseAddress, bytes.count, &image)
            }
        return failed == 0 ? image : nil
    }

    /// As stored, before the orientation is applied.
    private func facts(of image: OpaquePointer) -> ImageFacts {
        let height = Int(vips_image_get_height(image))
        let frameHeight = Int(vips_image_get_page_height(image))
        return ImageFacts(
            width: Int(vips_image_get_width(image)), height: frameHeight, frames: max(1, height / max(1, frameHeight)),
            hasAlpha: vips_image_hasalpha(image) != 0)
    }

    private func damaged() -> ImageAnswer {
        defer { vips_error_clear() }
        let words = String(cString: vips_error_buffer())
        return .damaged(words.isEmpty ? "the decoder gave no reason" : words)
    }
}
