/// A smaller picture of a picture's first frame, with its orientation applied.
package struct ImageThumbnail: Sendable, Equatable {
    /// What the longer side was to be; a picture that has fewer pixels is not enlarged.
    package var size: Int
    package var width: Int
    package var height: Int
    /// JPEG of a JPEG, WebP of the others.
    package var format: ImageFormat
    /// The whole file.
    package var bytes: [UInt8]

    package init(size: Int, width: Int, height: Int, format: ImageFormat, bytes: [UInt8]) {
        self.size = size
        self.width = width
        self.height = height
        self.format = format
        self.bytes = bytes
    }
}
