import TipinTestPictures

/// Packets of XMP, with and without a position.
enum TestXMP {
    static func packet(_ attributes: String = "", _ elements: String = "") -> [UInt8] {
        Array(
            """
            <?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF \
            xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" \
            xmlns:exif="http://ns.adobe.com/exif/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/" \(attributes)>\
            <dc:format>image/jpeg</dc:format>\(elements)</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>
            """.utf8)
    }

    static let attributes = packet("exif:GPSLatitude=\"52,31.2N\" exif:GPSLongitude='13,24.7E' dc:source=\"camera\"")
    static let elements = packet(
        "", "<exif:GPSLatitude>52,31.2N</exif:GPSLatitude><exif:GPSLongitude >13,24.7E</exif:GPSLongitude >")
    static let drone = packet("xmlns:drone-dji=\"http://www.dji.com/drone-dji/1.0/\" drone-dji:GpsLatitude=\"52.5\"")

    static func segment(_ packet: [UInt8]) -> [UInt8] {
        TestPicture.segment(0xE1, Array("http://ns.adobe.com/xap/1.0/\0".utf8) + packet)
    }

    /// The packet as extended XMP, in pieces of `size` bytes whose order is turned.
    static func extendedSegments(_ packet: [UInt8], size: Int) -> [UInt8] {
        let digest = Array(String(repeating: "A", count: 32).utf8)
        let header = Array("http://ns.adobe.com/xmp/extension/\0".utf8) + digest + TestPicture.big(packet.count, 4)
        return stride(from: 0, to: packet.count, by: size).reversed().flatMap { start in
            let piece = packet[start..<min(packet.count, start + size)]
            return TestPicture.segment(0xE1, header + TestPicture.big(start, 4) + piece)
        }
    }
}
