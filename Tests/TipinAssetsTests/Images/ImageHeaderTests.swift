import Testing
import TipinAssets
import TipinImageMessages
import TipinTestPictures

struct ImageHeaderTests {
    @Test(arguments: [
        (TestPicture.jpeg, ImageFormat.jpeg, 16, 8, 1),
        (TestPicture.png(), .png, 3, 2, 1),
        (TestPicture.png(extra: [("acTL", TestPicture.big(7, 4) + [0, 0, 0, 0])]), .png, 3, 2, 7),
        (TestPicture.webp, .webp, 16, 8, 1),
        (TestPicture.animatedWebP(frames: 5), .webp, 1, 1, 5),
        (TestPicture.gif(width: 30, height: 20, frames: 4), .gif, 30, 20, 4),
        (TestPicture.gif(width: 0, height: 0), .gif, 1, 1, 1),
    ]) func `width, height and frames are read`(
        bytes: [UInt8], format: ImageFormat, width: Int, height: Int, frames: Int
    ) {
        let header = ImageHeader(bytes, as: format)
        #expect(header == ImageHeader(width: width, height: height, frames: frames))
    }

    @Test(arguments: ImageFormat.allCases) func `no cut or foreign header stops the reader`(format: ImageFormat) {
        let pictures = [TestPicture.jpeg, TestPicture.png(), TestPicture.webp, TestPicture.gif(frames: 2)]
        for picture in pictures {
            for length in 0..<picture.count {
                let header = ImageHeader(Array(picture[..<length]), as: format)
                #expect(header.map { $0.width <= 16 && $0.height <= 8 } ?? true)
            }
        }
    }

    @Test func `a file without its end is not whole`() {
        for picture in [(TestPicture.png(), ImageFormat.png), (TestPicture.gif(frames: 3), .gif)] {
            #expect(ImageHeader(picture.0, as: picture.1)?.isWhole == true)
            #expect(ImageHeader(picture.0.dropLast(), as: picture.1)?.isWhole == false)
        }
    }
}

extension ImageHeader {
    init?(_ bytes: ArraySlice<UInt8>, as format: ImageFormat) { self.init(Array(bytes), as: format) }
}
