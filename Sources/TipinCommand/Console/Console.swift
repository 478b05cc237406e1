import Glibc
import Synchronization
import Tipin
import TipinFiles

/// Writes to the two standard streams.
enum Console {
    /// What the command is asked for.
    static func output(_ bytes: [UInt8]) { write(bytes, to: STDOUT_FILENO) }
    static func output(_ text: String) { output(Array(text.utf8)) }

    /// Documents, which must not be taken for done where nobody reads them any more.
    static func outputDocuments(_ bytes: [UInt8]) throws(FileError) {
        if let number = write(bytes, to: STDOUT_FILENO) { throw FileError(.write, "standard output", number) }
    }

    /// What is to be said about it.
    static func say(_ text: String) { write(Array(text.utf8), to: STDERR_FILENO) }

    /// Why a part of the output is lost; `nil` where none is.
    static var failure: FileError? {
        let number = failureNumber.load(ordering: .relaxed)
        return number == 0 ? nil : FileError(.write, "standard output", number)
    }

    private static let failureNumber = Atomic<Int32>(0)

    /// - Returns: why it failed; `nil` where it did not.
    @discardableResult
    private static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32? {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 {
                let number = errno
                if number == EINTR { continue }
                // Nobody reads any more (`| head`): not an error of the run.
                if number != EPIPE, descriptor == STDOUT_FILENO { failureNumber.store(number, ordering: .relaxed) }
                return number
            }
            rest = rest.dropFirst(count)
        }
        return nil
    }
}
