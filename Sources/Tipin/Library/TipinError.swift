package import TipinDiagnostics

/// Why a call of the library was not carried out.
public struct TipinError: Error, Sendable, Equatable, CustomStringConvertible {
    /// As it is said on a terminal.
    package let problem: Problem

    init(_ problem: Problem) { self.problem = problem }

    /// One of the closed register of codes that `tipin explain` explains, such as `not-an-image`.
    public var code: String { problem.code.rawValue }
    /// What is the case, in one line.
    public var message: String { problem.headline }
    /// Facts that explain it.
    public var notes: [String] { problem.notes }
    /// What to do.
    public var help: [String] { problem.help }
    /// Whether trying again later may succeed without anybody changing anything.
    public var isTransient: Bool { problem.isTransient }

    public var description: String { "\(message) [\(code)]" + notes.map { "; \($0)" }.joined() }

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
