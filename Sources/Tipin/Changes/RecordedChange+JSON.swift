internal import Foundation
internal import TipinAssets
internal import TipinJSON

/// Written by hand: a run of many documents spends a good part of its time in its journal. It is read with `Codable`,
/// from which the names of the members come.
extension RecordedChange {
    func write(to writer: inout JSONWriter) throws {
        try writer.object { writer in
            writer.member("path", path)
            writer.member("label", label)
            writer.member("kind", kind)
            Self.write(before, "before", &writer)
            Self.write(after, "after", &writer)
            try Self.write(attributes, &writer)
            writer.key("edits")
            writer.array { writer in for edit in edits { edit.write(to: &writer) } }
            if let sidecar {
                writer.key("sidecar")
                try writer.object { writer in
                    writer.member("path", sidecar.path)
                    sidecar.before?.write("before", to: &writer)
                    sidecar.after?.write("after", to: &writer)
                    try Self.write(sidecar.attributes, &writer)
                }
            }
            // What is rare and small is left to the encoder.
            if let needs {
                writer.key("needs")
                writer.value(try RunLine.encode(needs))
            }
            if let links {
                writer.key("links")
                writer.array { writer in for step in links { step.write(to: &writer) } }
            }
        }
    }

    private static func write(_ attributes: RecordedAttributes?, _ writer: inout JSONWriter) throws {
        guard let attributes else { return }
        writer.key("attributes")
        writer.value(try RunLine.encode(attributes))
    }

    private static func write(_ state: FileState?, _ name: String, _ writer: inout JSONWriter) {
        guard let state else { return }
        writer.key(name)
        writer.object { writer in
            writer.member("sha256", state.sha256.description)
            writer.member("size", state.size)
        }
    }
}

extension RecordedEdit {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("offset", offset)
            old.write("old", to: &writer)
            new.write("new", to: &writer)
            if let pointer { writer.member("pointer", pointer) }
            if let nesting { writer.member("nesting", nesting) }
            if let line { writer.member("line", line) }
            if let document { writer.member("document", document) }
            if let twins {
                writer.key("twins")
                writer.object { writer in
                    writer.member("place", twins.place)
                    writer.member("count", twins.count)
                }
            }
        }
    }
}

extension RecordedBytes {
    fileprivate func write(_ name: String, to writer: inout JSONWriter) {
        writer.key(name)
        if UTF8Check.isValid(bytes) {
            writer.string(utf8: bytes)
        } else {
            writer.object { writer in writer.member("base64", Data(bytes).base64EncodedString()) }
        }
    }
}
