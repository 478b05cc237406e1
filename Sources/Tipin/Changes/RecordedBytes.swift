internal import Foundation

/// Bytes of a document in a journal or a plan: readable as text, which documents are, and exact for any bytes.
struct RecordedBytes: Sendable, Equatable, Codable {
    var bytes: [UInt8]

    init(_ bytes: some Sequence<UInt8>) { self.bytes = Array(bytes) }

    private struct Encoded: Codable {
        var base64: String
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let text = try? container.decode(String.self) {
            bytes = Array(text.utf8)
            return
        }
        guard let data = Data(base64Encoded: try container.decode(Encoded.self).base64) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "no base64")
        }
        bytes = Array(data)
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        if let text = String(validating: bytes, as: UTF8.self) {
            try container.encode(text)
        } else {
            try container.encode(Encoded(base64: Data(bytes).base64EncodedString()))
        }
    }
}
