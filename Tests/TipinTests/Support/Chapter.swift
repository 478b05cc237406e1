/// The text of a chapter of book b1 on one line.
enum Chapter {
    /// - Parameters:
    ///   - nodes: the `attrs` objects of its image nodes.
    ///   - manifest: the value of its `fileRefs`.
    static func text(_ nodes: String..., id: String = "c1", manifest: String? = nil) -> String {
        let content = nodes.map { #"{"type":"image","attrs":\#($0)}"# }.joined(separator: ",")
        let refs = manifest.map { #","fileRefs":\#($0)"# } ?? ""
        return #"{"id":"\#(id)","bookId":"b1","content":{"type":"doc","content":[\#(content)]}\#(refs)}"# + "\n"
    }

    /// The same without its final newline.
    static func line(_ node: String, id: String = "c1", manifest: String? = nil) -> String {
        String(text(node, id: id, manifest: manifest).dropLast())
    }

    /// A FileRef of a picture as tipin writes it, with what comes after its size.
    static func ref(_ number: Int, _ more: String = "", role: String = "attachment") -> String {
        #"{"assetId":"$id\#(number)","sha256":"$sha\#(number)","role":"\#(role)","#
            + #""mime":"image/png","width":3,"height":2\#(more)}"#
    }

    /// A manifest's entry: the FileRef under its id.
    static func entry(_ number: Int, _ more: String = "", role: String = "attachment") -> String {
        #""$id\#(number)":\#(ref(number, more, role: role))"#
    }
}
