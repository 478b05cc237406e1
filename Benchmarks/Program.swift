internal import Foundation
internal import Glibc

/// A program that is run to its end, with what it cost.
struct Program {
    /// Seconds, and bytes of memory at the most.
    struct Cost {
        var wall: Double
        var cpu: Double
        var memory: Int

        static func best(of rounds: Int, _ run: () throws -> Cost) rethrows -> Cost {
            var best = Cost(wall: .infinity, cpu: .infinity, memory: 0)
            for _ in 0..<max(1, rounds) {
                let cost = try run()
                best.wall = min(best.wall, cost.wall)
                best.cpu = min(best.cpu, cost.cpu)
                best.memory = max(best.memory, cost.memory)
            }
            return best
        }
    }

    let path: String
    /// Measures memory from a small process: what is forked from this one begins with all of this one's.
    private static let time = "/usr/bin/time"

    /// `tipin` as it was built with this program.
    static let tipin = Program(path: Bundle.main.bundlePath + "/tipin")
    static let node = installed("node")

    /// A program of the machine; `nil` where it is not installed.
    static func installed(_ name: String) -> Program? {
        ["/usr/bin/", "/usr/local/bin/"].map { $0 + name }
            .first { FileManager.default.isExecutableFile(atPath: $0) }.map { Program(path: $0) }
    }

    /// Its output goes nowhere.
    /// - Parameter statuses: those that are as they should be.
    func run(_ arguments: [String], statuses: Set<Int32> = [0]) -> Cost {
        let report = FileManager.default.temporaryDirectory.path + "/tipin-bench-time-\(UUID().uuidString)"
        defer { unlink(report) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        let isTimed = access(Self.time, X_OK) == 0
        let command = (isTimed ? [Self.time, "-q", "-f", "%M", "-o", report] : []) + [path] + arguments
        var words = command.map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        var process: pid_t = 0
        var status: Int32 = 0
        var usage = rusage()
        let start = ContinuousClock.now
        precondition(posix_spawn(&process, command[0], &actions, nil, &words, environ) == 0, "cannot run \(path)")
        precondition(wait4(process, &status, 0, &usage) == process)
        let wall = Seconds.since(start)
        let code = (status >> 8) & 0xFF
        precondition(status & 0x7F == 0 && statuses.contains(code), "\(path) \(arguments) ended with \(status)")
        let cpu = Seconds.of(usage.ru_utime) + Seconds.of(usage.ru_stime)
        let kilobytes = (try? String(contentsOfFile: report, encoding: .utf8)).flatMap {
            Int($0.trimmingCharacters(in: .whitespacesAndNewlines))
        }
        return Cost(wall: wall, cpu: cpu, memory: (kilobytes ?? 0) << 10)
    }
}

/// Durations as numbers.
enum Seconds {
    static func since(_ start: ContinuousClock.Instant) -> Double {
        let elapsed = (ContinuousClock.now - start).components
        return Double(elapsed.seconds) + Double(elapsed.attoseconds) / 1e18
    }

    static func of(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }

    /// CPU time of this process so far.
    static var ofProcess: Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    /// The wall and CPU time that work takes in this process.
    static func measure(_ work: () throws -> Void) rethrows -> Program.Cost {
        let (start, cpu) = (ContinuousClock.now, ofProcess)
        try work()
        return Program.Cost(wall: since(start), cpu: ofProcess - cpu, memory: 0)
    }
}
