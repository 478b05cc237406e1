import ArgumentParser
import TipinFiles

/// A folder of `--search`.
enum SearchFolder {
    static let help = ArgumentHelp("A folder to search by digest for missing bytes; may be repeated.", valueName: "dir")

    /// - Returns: the folder's absolute path.
    /// - Throws: `ValidationError` where it cannot be opened: a run that found nothing there would look like one that
    ///   had searched.
    static func path(_ text: String) throws -> String {
        let name = try PathArgument.read(text)
        // Without one the command ends before it searches anything.
        guard Environment.hasWorkingFolder else { return name }
        let path = Environment.absolute(name)
        do throws(FileError) {
            _ = try Folder(opening: path)
        } catch {
            throw ValidationError("it cannot be searched: \(error.systemMessage)")
        }
        return path
    }
}
