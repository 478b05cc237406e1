import Foundation
import Glibc
import Testing
import TipinAssets
import TipinImageMessages
import TipinTestPictures
import TipinTestSupport

/// Workers that are shell scripts: they say that they are ready, and then misbehave.
struct ImageWorkerDeathTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test(arguments: [
        ("kill -9 $$", "was ended by signal 9"),
        ("head -c 60 >/dev/null; kill -11 $$", "was ended by signal 11"),
        ("exit 7", "ended with status 7"),
        ("printf 'HTTP/1.1 200 OK'; cat >/dev/null", "said what is no answer and was killed"),
        ("printf '\\377'; cat >/dev/null", "gave no answer within 0.2 seconds and was killed"),
        ("cat >/dev/null", "gave no answer within 0.2 seconds and was killed"),
        ("/bin/sleep 60", "gave no answer within 0.2 seconds and was killed"),
    ]) func `a worker that dies or hangs is an answer and is replaced`(script: String, words: String) async throws {
        let path = try misbehaving(once: script)
        let hangs = words.hasPrefix("gave no answer")
        let limits = hangs ? ImageLimits(wallTime: .milliseconds(200)) : SystemTool.patience
        let worker = ImageWorker(path: path, slots: 1, limits: limits)
        let error = await #expect(throws: ImageError.self) {
            try await worker.probe(TestPicture.png(width: 100, height: 100), as: .png)
        }
        #expect(error == .workerFailed("'\(path)' \(words)"))
        #expect(worker.deaths == 1)
        // It was waited for too: nothing has its number any more.
        let number = try #require(pid_t(String(decoding: folder.read("started").dropLast(), as: UTF8.self)))
        #expect(kill(number, 0) == -1 && errno == ESRCH)
        let patient = ImageWorker(path: path, slots: 1, limits: SystemTool.patience)
        #expect(try await patient.probe(TestPicture.png(), as: .png).width == 3)
    }

    @Test func `the same client goes on with a new worker`() async throws {
        let worker = ImageWorker(
            path: try misbehaving(once: "kill -9 $$"), slots: 1, limits: SystemTool.patience)
        await #expect(throws: ImageError.self) { try await worker.probe(TestPicture.png(), as: .png) }
        #expect(try await worker.probe(TestPicture.png(), as: .png).width == 3)
        #expect(worker.deaths == 1)
    }

    @Test func `a worker that never gets ready is an answer`() async throws {
        let path = try script("exit 69")
        let worker = ImageWorker(path: path, limits: SystemTool.patience)
        let error = await #expect(throws: ImageError.self) { try await worker.probe(TestPicture.png(), as: .png) }
        #expect(error == .workerFailed("'\(path)' ended with status 69"))
    }

    @Test func `a worker gets no environment and no open file`() async throws {
        let path = try script(
            "if [ \"$(ls /proc/self/fd | wc -l)\" = 4 ] && [ -z \"$HOME$USER\" ]; then exit 1; else exit 2; fi")
        let worker = ImageWorker(path: path, limits: SystemTool.patience)
        let error = await #expect(throws: ImageError.self) { try await worker.probe(TestPicture.png(), as: .png) }
        #expect(error == .workerFailed("'\(path)' ended with status 1"))
    }

    /// An executable that misbehaves when it is first started, and is the real worker afterwards.
    private func misbehaving(once script: String) throws -> String {
        let hello = ImageAnswer.hello(
            WorkerReport(vipsVersion: "0", limits: true, noNewPrivileges: true, landlock: 0, seccomp: true))
        let octal = hello.encoded().map { byte in
            let digits = String(byte, radix: 8)
            return "\\" + String(repeating: "0", count: 3 - digits.count) + digits
        }
        return try self.script(
            """
            if [ -e '\(folder.path)/started' ]; then exec '\(SystemTool.worker)'; fi
            echo $$ > '\(folder.path)/started'
            printf '\(octal.joined())'
            \(script)
            """)
    }

    private func script(_ text: String) throws -> String {
        try folder.writeProgram("#!/bin/sh\nPATH=/usr/bin:/bin\n\(text)\n", to: "worker")
    }
}
