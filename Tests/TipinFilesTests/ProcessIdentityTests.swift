import Glibc
import Testing

@testable import TipinFiles

/// Which processes are known to be gone.
struct ProcessIdentityTests {
    /// A process that sleeps, and its identity.
    private func sleeper() throws -> (number: pid_t, identity: String) {
        var number: pid_t = 0
        var arguments: [UnsafeMutablePointer<CChar>?] = [strdup("sleep"), strdup("600"), nil]
        defer { for argument in arguments { free(argument) } }
        #expect(posix_spawn(&number, "/bin/sleep", nil, nil, &arguments, nil) == 0)
        let status = try Folder(opening: "/proc/\(number)").openFile("stat").readAll(limit: 1 << 16)
        let fields = String(decoding: status, as: UTF8.self).split(separator: " ")
        let machine = ProcessIdentity.current.text.split(separator: ".").prefix(2).joined(separator: ".")
        return (number, "\(machine).\(number).\(fields[21])")
    }

    @Test func `this process is here`() { #expect(!ProcessIdentity.isGone(ProcessIdentity.current.text)) }

    @Test func `a killed process is gone, also while nobody has waited for it`() throws {
        let (number, identity) = try sleeper()
        #expect(!ProcessIdentity.isGone(identity))
        kill(number, SIGKILL)
        var information = siginfo_t()
        #expect(waitid(P_PID, id_t(number), &information, WEXITED | WNOWAIT) == 0)
        #expect(ProcessIdentity.isGone(identity))
        #expect(waitpid(number, nil, 0) == number)
        #expect(ProcessIdentity.isGone(identity))
    }

    @Test func `a process that took the number of another is another`() throws {
        let (number, identity) = try sleeper()
        #expect(ProcessIdentity.isGone(identity + "0"))
        kill(number, SIGKILL)
        waitpid(number, nil, 0)
    }
}
