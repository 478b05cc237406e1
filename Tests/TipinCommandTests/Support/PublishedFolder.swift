import Foundation

/// Reads what `publish` wrote as any other program would, and lists what a reader would miss.
struct PublishedFolder {
    /// What stands where, and why it is wrong; empty for a book whose every reader gets every picture.
    private(set) var problems: [String] = []
    private(set) var imageNodes = 0
    private(set) var references = 0
    /// The files of the remote that the documents name, with the digests that they say.
    private(set) var digests: [String: String] = [:]

    private let base: String
    private let remote: String

    /// - Parameters:
    ///   - folder: the documents.
    ///   - base: the address under which `remote`, a folder, is served; without a final slash.
    init(_ folder: String, base: String, remote: String) throws {
        self.base = base
        self.remote = remote
        for case let name as String in FileManager.default.enumerator(atPath: folder) ?? .init() {
            guard name.hasSuffix(".json") else { continue }
            let data = try Data(contentsOf: URL(fileURLWithPath: folder + "/" + name))
            look(at: String(decoding: data, as: UTF8.self), in: name)
            look(at: try JSONSerialization.jsonObject(with: data), manifest: [:], place: name)
        }
    }

    private mutating func look(at text: String, in name: String) {
        let plain = text.replacing("\\/", with: "/")
        for word in ["data:image", "localPath", "old-library.example", "file:", "asset.localhost", "blob:"]
        where plain.contains(word) {
            problems.append("\(name): has '\(word)'")
        }
    }

    private mutating func look(at value: Any, manifest: [String: Any], place: String) {
        switch value {
        case let object as [String: Any]: look(at: object, manifest: manifest, place: place)
        case let array as [Any]:
            for (index, element) in array.enumerated() {
                look(at: element, manifest: manifest, place: "\(place)/\(index)")
            }
        default: break
        }
    }

    private mutating func look(at object: [String: Any], manifest: [String: Any], place: String) {
        let manifest = object["type"] == nil ? object["fileRefs"] as? [String: Any] ?? manifest : manifest
        if ["image", "divider"].contains(object["type"] as? String), let attributes = object["attrs"] as? [String: Any],
            attributes["assetId"] != nil || attributes["src"] != nil
        {
            lookAtNode(attributes, manifest: manifest, place: place)
        } else if object["assetId"] != nil, object["sha256"] != nil {
            lookAtReference(object, place: place)
        }
        for (name, member) in object {
            // A document in a string is a document too.
            let inner = (member as? String).flatMap { name == "content" ? Data($0.utf8) : nil }
                .flatMap { try? JSONSerialization.jsonObject(with: $0) }
            look(at: inner ?? member, manifest: manifest, place: "\(place)/\(name)")
        }
    }

    private mutating func lookAtNode(_ attributes: [String: Any], manifest: [String: Any], place: String) {
        imageNodes += 1
        guard let id = attributes["assetId"] as? String, let reference = manifest[id] as? [String: Any] else {
            problems.append("\(place): the manifest does not explain the node")
            return
        }
        let address = attributes["src"] as? String
        if address == nil || address != reference["remoteUrl"] as? String {
            problems.append("\(place): src '\(address ?? "")' is not the asset's address")
        }
    }

    private mutating func lookAtReference(_ reference: [String: Any], place: String) {
        references += 1
        guard let address = reference["remoteUrl"] as? String, address.hasPrefix(base + "/"),
            let digest = reference["sha256"] as? String
        else {
            problems.append("\(place): there is no address below \(base)")
            return
        }
        let file = remote + "/" + String(address.dropFirst(base.count + 1))
        if digests.updateValue(digest, forKey: file) ?? digest != digest {
            problems.append("\(place): two digests for '\(address)'")
        }
    }
}
