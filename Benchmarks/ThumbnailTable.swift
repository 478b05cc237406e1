internal import Dispatch
internal import Foundation
internal import TipinFiles

/// Thumbnails beside `vipsthumbnail` on the same files, two at a time.
struct ThumbnailTable {
    let rounds: Int
    /// Of each type.
    private static let count = 24
    private static let side = 1200

    func lines() throws -> [String] {
        guard let vips = Program.installed("vipsthumbnail") else {
            return ["thumbnails: vipsthumbnail is not installed (Debian: libvips-tools)"]
        }
        let path = FileManager.default.temporaryDirectory.path + "/tipin-bench-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path + "/made", withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: path) }
        let files = try writeFiles(path, vips)
        let data = path + "/data"
        _ = Program.tipin.run(
            ["assets", "add", "--book", "b", "--entity", "book:b", "--role", "gallery", "--quiet", "--data-dir", data]
                + files)
        return try [[256], [1024], [256, 1024]].map { sizes in
            var (ours, theirs) = (Double.infinity, Double.infinity)
            // By turns, so that whatever else the machine does meets both.
            for _ in 0..<rounds {
                try removeThumbnails(below: data)
                let options = sizes.flatMap { ["--size", "\($0)"] }
                ours = min(
                    ours, Program.tipin.run(["assets", "thumbnail", "--quiet", "--data-dir", data] + options).wall)
                theirs = min(theirs, made(sizes, of: files, path, vips))
            }
            let names = sizes.map(String.init).joined(separator: " and ")
            return "thumbnails of \(names) pixels, \(files.count) pictures: \(Table.ratio(ours)) s; vipsthumbnail "
                + "\(Table.ratio(theirs)) s; ratio \(Table.ratio(ours / theirs)) (goal ≤ 1.30)"
        }
    }

    /// PNGs, and JPEGs that vipsthumbnail makes of others.
    private func writeFiles(_ path: String, _ vips: Program) throws -> [String] {
        let folder = try Folder(opening: path)
        var files: [String] = []
        for number in 0..<(Self.count * 2) {
            let name = "\(number).png"
            try folder.createFile(name, mode: 0o600).write(NoisePicture.png(UInt64(number), side: Self.side))
            guard number % 2 == 0 else {
                files.append("\(path)/\(name)")
                continue
            }
            _ = vips.run(["\(path)/\(name)", "--size", "\(Self.side)", "-o", "\(path)/%s.jpg[Q=85]"])
            files.append("\(path)/\(number).jpg")
        }
        return files
    }

    private func removeThumbnails(below data: String) throws {
        for case let name as String in FileManager.default.enumerator(atPath: data + "/books") ?? .init()
        where name.contains("/thumb_") {
            try FileManager.default.removeItem(atPath: data + "/books/" + name)
        }
    }

    /// Two processes with half the files each, once for each size and type, as somebody would who has no tipin.
    private func made(_ sizes: [Int], of files: [String], _ path: String, _ vips: Program) -> Double {
        let (jpegs, pngs) = (files.filter { $0.hasSuffix(".jpg") }, files.filter { $0.hasSuffix(".png") })
        let cost = Seconds.measure {
            for size in sizes {
                DispatchQueue.concurrentPerform(iterations: 2) { half in
                    for (files, ext) in [(jpegs, "jpg"), (pngs, "webp")] {
                        let some = files.indices.filter { $0 % 2 == half }.map { files[$0] }
                        _ = vips.run(
                            some + ["--size", "\(size)x\(size)>", "-o", "\(path)/made/%s_\(size).\(ext)"])
                    }
                }
            }
        }
        return cost.wall
    }
}
