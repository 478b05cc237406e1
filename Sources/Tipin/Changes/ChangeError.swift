/// Why a run cannot be undone or a plan not be carried out.
package enum ChangeError: Error, Sendable, Equatable {
    /// No run in the data folder has an id that begins so.
    case runUnknown(String)
    case runAmbiguous(String, [String])
    case nothingToUndo
    /// A journal that is not as tipin wrote it: the run, and what is wrong.
    case runDamaged(String, String)
    /// The run's journal was not written in the folder that it lies in; where its files are, if it names any.
    case runForeign(String, ForeignOrigin, RunFiles?)
    /// The files that the run removed are not known any more.
    case runIsFinal(String)
    /// The plan's path, and what is wrong with it.
    case planInvalid(String, String)
    /// The plan was made with another data folder: its own, and the one in use.
    case planForeign(String, String)
    /// The plan was made for PATHs of which none may be changed, and with another data folder than theirs here.
    case planElsewhere([String])
    /// A document of the plan that lies outside of what may be changed.
    case planOutside(String)
    case planExists(String)
}
