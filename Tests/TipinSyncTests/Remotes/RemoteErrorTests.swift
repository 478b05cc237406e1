import CCurl
import Glibc
import Testing
import TipinDiagnostics
import TipinFiles
import TipinSync

struct RemoteErrorTests {
    static let all: [RemoteError] = [
        .badName("gopher://x", words: "is odd"), .notReachable(url: "https://u:p@h/x?token=1", words: "no route"),
        .status(503, words: "busy", retryAfterSeconds: 3), .badReply(words: "no id"),
        .file(FileError(.write, "/srv/x", EIO)), .damaged(path: "/d/x"), .tooLarge(limit: 5),
        .missing(url: "https://h/x?token=1"), .notOurs(url: "https://u:p@h/x?token=1"),
        .transfer(code: 28, words: "timed out"), .unauthorised, .cancelled,
    ]

    @Test(arguments: all)
    func `is said within the rules for diagnostics`(_ error: RemoteError) {
        for action in [RemoteAction.uploading, .downloading, .asking, .opening] {
            let problem = error.problem(while: action)
            #expect(problem.headline.count <= 72)
            #expect(problem.headline.first?.isLowercase == true && !problem.headline.hasSuffix("."))
            #expect(problem.isTransient == error.isTransient)
            #expect(!problem.notes.joined().isEmpty)
            let words = ([problem.headline] + problem.notes + problem.help).joined(separator: "\n")
            #expect(!words.contains("token=1") && !words.contains("u:p@"))
        }
        #expect(error.problem == error.problem(while: .opening))
    }

    @Test(arguments: [
        (RemoteError.badName("x", words: "y"), RemoteAction.uploading, DiagnosticCode.noRemote),
        (.notReachable(url: "https://h", words: "y"), .uploading, .remoteUnreachable),
        (.missing(url: "https://h/x"), .downloading, .remoteMissing),
        (.status(503, words: ""), .uploading, .uploadFailed),
        (.status(413, words: ""), .uploading, .uploadRefused),
        (.file(FileError(.write, "/x", ENOSPC)), .uploading, .uploadRefused),
        (.unauthorised, .uploading, .uploadRefused),
        (.status(503, words: ""), .downloading, .downloadFailed),
        (.tooLarge(limit: 1), .downloading, .downloadFailed),
        (.status(500, words: ""), .asking, .remoteUnreachable),
        (.file(FileError(.createFile, "/x", EACCES)), .opening, .remoteUnreachable),
    ])
    func `has a code for what was being done`(_ error: RemoteError, _ action: RemoteAction, _ code: DiagnosticCode) {
        #expect(error.problem(while: action).code == code)
    }

    @Test(arguments: [
        (408, true), (425, true), (429, true), (500, true), (502, true), (503, true), (504, true), (507, true),
        (302, false), (400, false), (403, false), (409, false), (413, false), (415, false), (422, false),
        (501, false), (505, false),
    ])
    func `tries again after a status that passes`(_ status: Int, _ isTransient: Bool) {
        #expect(RemoteError.status(status, words: "").isTransient == isTransient)
    }

    @Test(arguments: [
        (CURLE_OPERATION_TIMEDOUT, true), (CURLE_RECV_ERROR, true), (CURLE_PARTIAL_FILE, true),
        (CURLE_GOT_NOTHING, true), (CURLE_UNSUPPORTED_PROTOCOL, true), (CURLE_SSL_CONNECT_ERROR, true),
        (CURLE_PEER_FAILED_VERIFICATION, false), (CURLE_READ_ERROR, false), (CURLE_URL_MALFORMAT, false),
    ])
    func `tries again after a transfer that broke`(_ code: CURLcode, _ isTransient: Bool) {
        #expect(RemoteError.transfer(code: Int(code.rawValue), words: "").isTransient == isTransient)
    }

    @Test func `passes on how long the remote wants to be left alone`() {
        #expect(RemoteError.status(429, words: "", retryAfterSeconds: 7).retryAfterSeconds == 7)
        #expect(RemoteError.status(503, words: "").retryAfterSeconds == nil)
        #expect(RemoteError.cancelled.retryAfterSeconds == nil)
    }
}
