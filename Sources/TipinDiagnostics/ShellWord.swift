/// A word of a command that a message tells a person to run.
package enum ShellWord {
    /// As a shell takes it for one word, and as a terminal shows it.
    package static func quoted(_ word: String) -> String {
        let isPlain = word.allSatisfy { $0.isLetter || $0.isNumber || "_-./:@%+=,".contains($0) }
        return Redaction.printable(
            isPlain && !word.isEmpty ? word : "'" + word.replacing("'", with: #"'\''"#) + "'")
    }
}
