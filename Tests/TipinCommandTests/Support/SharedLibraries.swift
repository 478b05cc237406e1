import Foundation

/// The shared libraries that an executable asks for: DT_NEEDED in its dynamic section (System V ABI, ELF-64, little
/// endian).
struct SharedLibraries {
    struct NotELF: Error {}

    let names: [String]

    init(of path: String) throws {
        let image = ELFBytes(bytes: [UInt8](try Data(contentsOf: URL(fileURLWithPath: path), options: .mappedIfSafe)))
        guard image.bytes.starts(with: [0x7F, 0x45, 0x4C, 0x46, 2, 1]) else { throw NotELF() }
        let dynamic = 6
        let start = image.word(40)
        let sections = (0..<image.half(60)).map { start + $0 * image.half(58) }
        guard let section = sections.first(where: { image.half($0 + 4) == dynamic }) else { throw NotELF() }
        let names = image.word(sections[image.half(section + 40)] + 24)
        let first = image.word(section + 24)
        let entries = stride(from: first, to: first + image.word(section + 32), by: 16)
        self.names = entries.filter { image.word($0) == 1 }.map { image.string(names + image.word($0 + 8)) }
    }
}

private struct ELFBytes {
    let bytes: [UInt8]

    func half(_ offset: Int) -> Int { number(offset, count: 2) }
    func word(_ offset: Int) -> Int { number(offset, count: 8) }
    func string(_ offset: Int) -> String { String(decoding: bytes[offset...].prefix { $0 != 0 }, as: UTF8.self) }

    private func number(_ offset: Int, count: Int) -> Int {
        bytes[offset..<offset + count].reversed().reduce(0) { $0 << 8 | Int($1) }
    }
}
