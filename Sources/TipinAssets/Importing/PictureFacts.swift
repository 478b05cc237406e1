/// What the image worker said; all `nil` where it was not asked.
struct PictureFacts: Sendable {
    var width: Int?
    var height: Int?
    var frames: Int?
    var hasAlpha: Bool?
}
