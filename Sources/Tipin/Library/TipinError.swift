package import TipinDiagnostics

/// Why a call of the library was not carried out.
public struct TipinError: Error, Sendable, Equatable, CustomStringConvertible {
    /// One of the closed register of codes that `tipin explain` explains, such as `not-an-image`.
    public let code: String
    /// What is the case, in one line.
    public let message: String
    /// Facts that explain it.
    public let notes: [String]
    /// What to do.
    public let help: [String]
    /// Whether trying again later may succeed without anybody changing anything.
    public let isTransient: Bool

    public var description: String { "\(message) [\(code)]" + notes.map { "; \($0)" }.joined() }

    /// As it is said on a terminal.
    package let problem: Problem

    init(_ problem: Problem) {
        self.problem = problem
        code = problem.code.rawValue
        message = problem.headline
        notes = problem.notes
        help = problem.help
        isTransient = problem.isTransient
    }

    /// Runs the body and turns whatever it throws into an error of this type.
    static func rethrowing<Value>(_ body: () throws -> Value) throws -> Value {
        do { return try body() } catch let error as TipinError { throw error } catch { throw TipinError(error.problem) }
    }

    /// Runs the body and turns whatever it throws into an error of this type.
    static func rethrowingAsync<Value>(_ body: () async throws -> Value) async throws -> Value {
        do { return try await body() } catch let error as TipinError { throw error } catch {
            throw TipinError(error.problem)
        }
    }
}
