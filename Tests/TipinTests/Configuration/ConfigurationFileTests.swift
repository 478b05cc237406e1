import Testing
import Tipin
import TipinDiagnostics
import TipinTestSupport

/// What in a `tipin.json` cannot be used, and where it stands.
struct ConfigurationFileTests {
    private let temporary: TemporaryFolder

    init() throws { temporary = try TemporaryFolder() }

    static let faults = [
        ("[]", "1:1", "must be an object"), (" 7", "1:2", "must be an object"),
        (#"{"bookId":"a",\n "bookId":"b"}"#.replacing("\\n", with: "\n"), "2:2", "the key 'bookId' stands twice"),
        (#"{"limits":{"depth":1,"depth":2}}"#, "1:22", "the key 'depth' stands twice"),
        (#"{"limits":{"depth":0}}"#, "1:20", "limits.depth: must be from 1 to 100000"),
        (#"{"maxUploadMB":5000}"#, "1:16", "maxUploadMB: must be from 1 to 4096"),
        (#"{"severity":{"no-such":"off"}}"#, "1:24", "severity.no-such: there is no such code"),
        (#"{"severity":{"legacy-url":"loud"}}"#, "1:27", "severity.legacy-url: must be error, warning, note or off"),
        (#"{"allowedMime":["image/png","image/x"]}"#, "1:29", "allowedMime.1: tipin does not know this type"),
        (#"{"metadata":"some"}"#, "1:13", "metadata: must be strip-gps, strip-all or keep"),
        (#"{"thumbnails":[1]}"#, "1:15", "thumbnails: must be at most"),
        (#"{"maxUploadMB":1.5}"#, "1:16", "maxUploadMB: must be a whole number"),
        (#"{"bookId":"a","gcGraceHours":0.5}"#, "1:30", "gcGraceHours: must be a whole number"),
        (#"{"thumbnails":[64,1e-1]}"#, "1:19", "thumbnails.1: must be a whole number"),
        (#"{"limits":{"depth":2.5}}"#, "1:20", "limits.depth: must be a whole number"),
        (#"{"syncIntervalMs":0}"#, "1:19", "syncIntervalMs: must be from 1 to 86400000"),
        (#"{"bookId":7}"#, "1:11", "bookId: must be a string"),
        (#"{"limits":[]}"#, "1:11", "limits: must be an object"),
        (#"{"exclude":"a"}"#, "1:12", "exclude: must be a list"),
        (#"{"maxCacheMB":1e400}"#, "1:15", "maxCacheMB: the number is too large"),
        (#"{"maxCacheMB":12345678901234567890}"#, "1:15", "maxCacheMB: the number is too large"),
        (#"{"limits":{"depth":-1e99}}"#, "1:20", "limits.depth: the number is too large"),
        (#"{"thumbnails":[16,1e400]}"#, "1:19", "thumbnails.1: the number is too large"),
        (#"{"exclude":["a","/drafts/**"]}"#, "1:17", "exclude.1: must be a pattern of what lies below PATH"),
        (#"{"exclude":["./"]}"#, "1:13", "exclude.0: must be a pattern of what lies below PATH"),
        (#"{"exclude":["../x"]}"#, "1:13", "exclude.0: must be a pattern of what lies below PATH"),
        (#"{"exclude":["a/./b"]}"#, "1:13", "exclude.0: must be a pattern of what lies below PATH"),
        (#"{"exclude":["a//b"]}"#, "1:13", "exclude.0: must be a pattern of what lies below PATH"),
        (#"{"exclude":["."]}"#, "1:13", "exclude.0: must be a pattern of what lies below PATH"),
        (#"{"bookId":""}"#, "1:11", "bookId: must not be empty"),
        (#"{"mediaRoot":"m","dataDir":""}"#, "1:28", "dataDir: must not be empty"),
        (#"{"localRoots":["a",""]}"#, "1:20", "localRoots.1: must not be empty"),
        (#"{"baseUrl":"old.example"}"#, "1:12", "baseUrl: must be an http or https address"),
        (#"{"exclude":["*","!a.json"]}"#, "1:17", "exclude.1: what others exclude is not taken back"),
    ]

    @Test(arguments: faults) func `any bad value is told with its place`(
        _ text: String, _ place: String, _ words: String
    ) throws {
        try temporary.write(text, to: "tipin.json")
        let error = #expect(throws: RunError.self) {
            try SettingsResolver(SettingsOverrides(workingFolder: temporary.path)).settings(for: nil)
        }
        let note = try #require(error?.problem.notes.first)
        #expect(note.hasPrefix("'\(temporary.path)/tipin.json:\(place)': \(words)"), "\(note)")
    }

    @Test(arguments: [
        (#"{"mediaRot":"a"}"#, "did you mean 'mediaRoot'?"), (#"{"DATADIR":"a"}"#, "did you mean 'dataDir'?"),
        (#"{"limits":{"dept":9}}"#, "did you mean 'depth'?"),
        (#"{"limits":{"widest":9}}"#, "take it out; the keys are depth, documentMB"),
    ]) func `an unknown key is told with those that it may have meant`(_ text: String, _ help: String) throws {
        try temporary.write(text, to: "tipin.json")
        let error = #expect(throws: RunError.self) {
            try SettingsResolver(SettingsOverrides(workingFolder: temporary.path)).settings(for: nil)
        }
        #expect(error?.problem.help == [help])
    }
}
