import ArgumentParser
import TipinSync

/// An address at a host on the command line.
enum WebAddressArgument {
    static func read(_ text: String) throws -> String {
        guard (try? WebURL(text)) != nil else { throw ValidationError("it must be an http or https address") }
        return text
    }
}
