package import TipinDiagnostics
package import TipinJSON

extension Diagnostic {
    /// The object of `schemas/finding.schema.json`.
    package func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("code", code.rawValue)
            writer.member("severity", severity.rawValue)
            writer.member("message", problem.headline)
            writer.member("file", place?.file)
            writer.member("line", place?.line)
            writer.member("column", place?.column)
            writer.member("offset", place?.offset)
            writer.member("length", place?.length)
            writer.member("pointer", place?.pointer)
            writer.member("notes", problem.notes)
            writer.member("help", problem.help)
        }
    }
}
