internal import Glibc
package import TipinDiagnostics

extension FileError: DiagnosticConvertible {
    package var problem: Problem {
        let notes = ["'\(Redaction.printable(path))': \(systemMessage) (errno \(number))"]
        if isOutOfSpace {
            return Problem(.diskFull, "no space left to write", notes: notes, help: ["free some space, then run again"])
        }
        if operation == .changeOwner || operation == .changeAttributes {
            return Problem(
                .documentNotWritten, "owner or access list of a document cannot be kept", notes: notes,
                help: ["run tipin as its owner, or give it the owner, group and access list that it is to have"])
        }
        if operation.changesState {
            return Problem(.documentNotWritten, "file could not be written", notes: notes)
        }
        return Problem(.documentUnreadable, "file could not be read", notes: notes)
    }

    /// The system's own words for the number.
    package var systemMessage: String {
        var buffer = [CChar](repeating: 0, count: 256)
        strerror_r(number, &buffer, buffer.count)
        return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
