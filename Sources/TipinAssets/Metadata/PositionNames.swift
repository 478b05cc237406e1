/// The names under which a position stands in metadata, as properties of their own and wherever somebody copied them
/// to.
enum PositionNames {
    /// What comes after `GPS` in the names of Exif and of drones' XMP; one is a maker's misspelling.
    private static let properties = ["latitude", "longitude", "longtitude", "position", "coordinates", "dest"]
    /// Of the W3C's geo vocabulary and GeoRSS.
    private static let terms = ["geo:lat", "geo:long", "geo:lat_long", "georss:point"]

    private static let traces = (properties.map { "gps" + $0 } + terms).map { Array($0.utf8) }

    /// Whether a property of that name speaks of a position.
    /// - Parameter name: with its prefix, such as `exif:GPSLatitude`.
    static func isName(_ name: String) -> Bool {
        let name = name.lowercased()
        if name.hasPrefix("xmlns:") { return false }
        let local = name.split(separator: ":").last.map(String.init) ?? name
        return terms.contains(name) || local.hasPrefix("gps")
            || ["latitude", "longitude", "longtitude"].contains { local.hasSuffix($0) }
    }

    /// Whether a text says where something is: its keyword promises that, and it has a number with decimals or several
    /// numbers.
    /// - Parameter keyword: in small letters.
    static func isPlace(_ text: ArraySlice<UInt8>, under keyword: String) -> Bool {
        guard places.contains(keyword) else { return false }
        return text.split { !(UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0) }.count > 1
    }

    private static let places: Set<String> = [
        "coordinate", "coordinates", "coords", "geo", "geolocation", "geotag", "lat", "latlng", "latlon", "lng",
        "location", "lon", "long", "place", "position",
    ]

    /// Whether the bytes begin with such a name, in whatever case its letters stand.
    static func begin(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard let first = bytes.first, first | 0x20 == UInt8(ascii: "g") else { return false }
        return traces.contains { name in
            bytes.count >= name.count && zip(name, bytes).allSatisfy { $0 == lower($1) }
        }
    }

    private static func lower(_ byte: UInt8) -> UInt8 {
        UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte ? byte | 0x20 : byte
    }
}
