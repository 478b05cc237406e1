import Foundation
import Tipin
import TipinDiagnostics
import TipinTestSupport

/// Pictures for documents that are there already.
extension TestBook {
    /// Where the pictures of hosts and of absolute paths are.
    private var mediaPath: String { temporary.path + "/media" }

    /// Writes a picture wherever a random document may name one.
    mutating func supplyRandomDocuments() throws {
        settings.mediaRoot = mediaPath
        let names = ["old.example/img/1.png", "cdn.example/a.gif", "h/a.png", "h/a", "l/a.png", "media/é b.png"]
        for (number, name) in names.enumerated() { try temporary.write(Picture(number).bytes, to: "media/" + name) }
    }

    /// Writes a picture wherever a mention of a document names one that can be: the same for the same address.
    mutating func supplyMentions() async throws {
        settings.mediaRoot = mediaPath
        var numbers: [String: Int] = [:]
        for mention in try await scan() {
            guard let value = mention.value, let place = place(of: value, in: mention.place.file) else { continue }
            let number = numbers[value] ?? numbers.count
            numbers[value] = number
            guard !FileManager.default.fileExists(atPath: temporary.path + "/" + place) else { continue }
            try temporary.write(Picture(number).bytes, to: place)
        }
    }

    private func place(of address: String, in document: String) -> String? {
        let plain = String(address.prefix { $0 != "?" && $0 != "#" })
        for scheme in ["https://", "http://", "//"] where plain.hasPrefix(scheme) {
            return "media/" + plain.dropFirst(scheme.count)
        }
        guard !plain.isEmpty, !plain.contains(":"), !plain.contains("\\"), !plain.contains("..") else { return nil }
        if plain.hasPrefix("/") { return "media" + plain }
        let file = document.hasPrefix("/") ? document : path + "/" + document
        guard file.hasPrefix(temporary.path + "/"), let slash = file.lastIndex(of: "/") else { return nil }
        return String(file[..<slash].dropFirst(temporary.path.count + 1)) + "/" + plain
    }
}
