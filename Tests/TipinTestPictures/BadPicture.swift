/// A file that is no good picture: what it is called, its bytes, and what is expected of whoever looks at it.
package struct BadPicture: Sendable, CustomStringConvertible {
    package enum Expectation: Sendable {
        /// It is refused.
        case refused
        /// It is refused by its header, before any decoder sees it.
        case refusedByHeader
        /// It may pass, as a picture within every cap.
        case either
    }

    package var name: String
    package var bytes: [UInt8]
    package var expectation: Expectation = .refused

    package var description: String { name }

    package init(_ name: String, _ bytes: [UInt8], _ expectation: Expectation = .refused) {
        self.name = name
        self.bytes = bytes
        self.expectation = expectation
    }
}
