import Testing
import TipinDiagnostics
import TipinSync

struct FetchErrorTests {
    @Test(
        arguments: [
            (.refusedURL(.userInfo), .addressRefused, false), (.refusedAddress("10.0.0.1"), .addressRefused, false),
            (.refusedPort(22, url: "http://h:22/"), .addressRefused, false),
            (.insecureRedirect("http://h/?k=SECRET"), .addressRefused, false),
            (.status(500, url: "http://h/?k=SECRET"), .fetchFailed, true),
            (.status(403, url: "http://h/?k=SECRET"), .fetchFailed, false),
            (.status(404, url: "http://h/?k=SECRET"), .assetGone, false),
            (.status(410, url: "http://h/?k=SECRET"), .assetGone, false),
            (.tooLarge(limit: 25 << 20), .assetTooLarge, false),
            (.tooManyRedirects(url: "http://u:SECRET@h/"), .fetchFailed, false),
            (.cut(url: "http://h/?k=SECRET"), .fetchFailed, true),
            (.transfer(code: 6, words: "no host", url: "http://h/?k=SECRET"), .fetchFailed, true),
            (.transfer(code: 7, words: "no connection", url: "http://h/"), .fetchFailed, true),
            (.transfer(code: 28, words: "timeout", url: "http://h/"), .fetchFailed, true),
            (.transfer(code: 60, words: "certificate", url: "http://h/"), .fetchFailed, false),
            (.cancelled, .interrupted, true),
        ] as [(FetchError, DiagnosticCode, Bool)])
    func `is said without secrets`(error: FetchError, code: DiagnosticCode, isTransient: Bool) {
        let problem = error.problem
        #expect(problem.code == code)
        #expect(problem.isTransient == isTransient)
        #expect(problem.headline.count <= 72)
        #expect(problem.headline.first?.isLowercase == true)
        #expect(!problem.headline.hasSuffix("."))
        #expect(!"\(problem)".contains("SECRET"))
    }

    @Test(arguments: [(25 << 20, "25 MB"), (1 << 20, "1 MB"), ((1 << 20) + 1, "1048577 bytes"), (100, "100 bytes")])
    func `tells a limit with its unit`(limit: Int, words: String) {
        #expect(FetchError.tooLarge(limit: limit).problem.headline == "image has more than \(words)")
    }
}
