/// What is to happen to one member of an object.
package enum MemberChange: Sendable, Equatable {
    case set(String, JSONValue)
    case remove(String)

    package var name: String {
        switch self {
        case .set(let name, _), .remove(let name): name
        }
    }
}
