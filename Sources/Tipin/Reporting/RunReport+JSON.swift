internal import TipinDiagnostics
package import TipinJSON

extension RunReport {
    /// The object of `schemas/report.schema.json`.
    package func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("command", command)
            writer.member("status", Int(status.rawValue))
            writer.key("dryRun")
            writer.boolean(isDryRun)
            writer.key("documents")
            writer.object { writer in
                writer.member("read", documents)
                writer.member("changed", changedDocuments)
                writer.member("failed", failedDocuments)
                writer.member("foreign", foreignFiles)
                writer.member("excluded", excludedPlaces)
                writer.member("hidden", hiddenFolders)
            }
            writer.key("mentions")
            writer.object { writer in
                writer.member("read", mentions)
                writer.member("changed", changedMentions)
                writer.member("planned", plannedMentions)
            }
            writer.key("assets")
            writer.object { writer in
                writer.member("imported", importedAssets)
                writer.member("importedBytes", importedBytes)
                writer.member("uploaded", uploads)
                writer.member("downloaded", downloads)
            }
            writer.member("written", writtenFiles)
            writer.member("removed", removedFiles)
            writer.member("run", run)
            writer.key("diagnostics")
            writer.array { writer in
                for diagnostic in diagnostics.sorted(by: Diagnostic.canonicalOrder) { diagnostic.write(to: &writer) }
            }
        }
        writer.newline()
    }
}
