/// One thing that `doctor` looked at.
package struct DoctorFinding: Sendable {
    package enum State: Sendable {
        case good, doubtful, bad

        package var word: String {
            switch self {
            case .good: "ok  "
            case .doubtful: "look"
            case .bad: "bad "
            }
        }
    }

    package var state: State
    package var subject: String
    package var words: String
    package var help: [String] = []
}
