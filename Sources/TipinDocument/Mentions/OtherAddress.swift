/// What stands beside the address that counts and is an address too: it is told of and stays.
package struct OtherAddress: Sendable, Equatable {
    /// The way to the member from the object that names it: `srcset`, `src.fallback`.
    package var name: String
    /// Whether it would count if the one that counts were not there.
    package var isNext = false
    /// The address, the addresses of a `srcset`, or all strings of an object or array. Of a long `data:` URL no more
    /// than the beginning.
    package var addresses: [String]

    /// Whether it is a picture's, whatever the node shows.
    package var isPoster: Bool { name == "poster" }

    /// The addresses of a `srcset` (HTML, "parse a srcset attribute").
    static func candidates(_ text: String) -> [String] {
        var addresses: [String] = []
        var isDescriptor = false
        for part in text.split(whereSeparator: \.isWhitespace) {
            // A descriptor ends with a comma, and the next address may follow without a blank.
            let begin = isDescriptor ? part.firstIndex(of: ",") : part.startIndex
            guard let begin else { continue }
            let address = part[begin...].drop { $0 == "," }
            let ended = address.hasSuffix(",")
            var end = address.endIndex
            while end > address.startIndex, address[address.index(before: end)] == "," {
                end = address.index(before: end)
            }
            if end > address.startIndex { addresses.append(String(address[..<end])) }
            isDescriptor = end > address.startIndex && !ended
        }
        return addresses
    }
}
