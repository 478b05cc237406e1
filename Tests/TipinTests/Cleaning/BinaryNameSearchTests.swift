import Testing
import TipinAssets

@testable import Tipin

struct BinaryNameSearchTests {
    private static let uuid = "0f8fad5b-d9cb-469f-a165-70867728950e"
    private static let name: UInt128 = 0x0F8F_AD5B_D9CB_469F_A165_7086_7728_950E

    private func found(in bytes: [UInt8], _ names: Set<UInt128> = [name], inDigits: Bool = true) -> Set<UInt128> {
        var found: Set<UInt128> = []
        bytes.withUnsafeBufferPointer { bytes in
            let search = BinaryNameSearch(names)
            if inDigits {
                search.forEachName(inDigitsOf: bytes) { found.insert($0) }
            } else {
                search.forEachName(inBytes: bytes) { found.insert($0) }
            }
        }
        return found
    }

    @Test(
        arguments: [
            (uuid, name), (uuid.uppercased(), name), ("0f8fad5bd9cb469fa16570867728950e", name), ("", nil),
            ("0f8fad5b-d9cb-469f-a165-70867728950", nil), ("\(uuid)0", nil), ("{\(uuid)}", nil), ("img-1", nil),
        ] as [(String, UInt128?)])
    func `a UUID is the number that it writes`(text: String, name: UInt128?) {
        #expect(BinaryNameSearch.name(ofUUID: text) == name)
    }

    @Test(
        arguments: [
            (uuid, true), ("{\(uuid.uppercased())}", true), ("urn:uuid:\(uuid)", true), ("face-\(uuid)0", true),
            ("0F8FAD5Bd9cb469fA16570867728950e", true), (uuid.replacing("-", with: " "), false),
            (String(uuid.dropLast()), false), ("", false),
        ])
    func `is found in digits`(text: String, isFound: Bool) {
        #expect(found(in: Array(text.utf8)) == (isFound ? [Self.name] : []))
    }

    @Test(arguments: [0, 1, 40], [0, 1, 40]) func `is found among bytes`(before: Int, after: Int) {
        let own = (0..<16).map { UInt8(truncatingIfNeeded: Self.name >> UInt128(120 - $0 * 8)) }
        func bytes(_ own: [UInt8]) -> [UInt8] {
            Array(repeating: 0x41, count: before) + own + Array(repeating: 0x41, count: after)
        }
        #expect(found(in: bytes(own), inDigits: false) == [Self.name])
        #expect(found(in: bytes(own.dropLast()), inDigits: false) == [])
        #expect(found(in: bytes(own), [], inDigits: false) == [])
    }

    @Test func `the half of a digest is found in all of it, with many others`() throws {
        let digests = (0..<1000).map { SHA256Digest(of: Array("\($0)".utf8)) }
        let names = Set(digests.map { BinaryNameSearch.name(of: $0) })
        let chosen = digests[500]
        #expect(found(in: Array(chosen.description.utf8), names) == [BinaryNameSearch.name(of: chosen)])
        #expect(found(in: chosen.bytes, names, inDigits: false) == [BinaryNameSearch.name(of: chosen)])
    }
}
