package import TipinDocument
package import TipinJSON

extension FileRef {
    /// The object of `schemas/file-ref.schema.json`, on a line of its own; members that are not known are left out.
    /// - Parameter file: the name of the file that it was made of, where that is to be told
    ///   (`schemas/added.schema.json`).
    package func write(file: String? = nil, to writer: inout JSONWriter) {
        writer.object { writer in
            if let file { writer.member("file", file) }
            writer.member("assetId", assetId)
            writer.member("sha256", sha256)
            writer.member("role", role.rawValue)
            if let mime { writer.member("mime", mime) }
            if let width { writer.member("width", width) }
            if let height { writer.member("height", height) }
            if let remoteId { writer.member("remoteId", remoteId) }
            if let remoteUrl { writer.member("remoteUrl", remoteUrl) }
            if let localPath { writer.member("localPath", localPath) }
        }
        writer.newline()
    }
}
