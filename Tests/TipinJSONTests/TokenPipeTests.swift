import Testing
import TipinTestSupport

@testable import TipinJSON

/// A consumer on a thread of its own gets what one on the reader's own would get.
struct TokenPipeTests {
    private func outcome(_ bytes: [UInt8], isShared: Bool) throws -> Result<[Token], JSONError> {
        do {
            return .success(try TokenList.tokens(of: bytes, isShared: isShared))
        } catch let error as JSONError {
            return .failure(error)
        }
    }

    @Test(.enabled(if: Corpus.isHere, "\(Corpus.reason)"))
    func `texts of all kinds, right and wrong, have the same outcome`() throws {
        let names = ["y_", "n_", "i_"].flatMap { Corpus.names(in: "JSONTestSuite", prefix: $0) }
        #expect(names.count > 300)
        for name in names {
            let bytes = try Corpus.read("JSONTestSuite/" + name)
            #expect(try outcome(bytes, isShared: true) == outcome(bytes, isShared: false), "\(name)")
        }
    }

    /// Around the sizes of the batches, and over several rounds of all of them.
    @Test(arguments: [0, 1, 1023, 1024, 8190, 8191, 8192, 8193, 16_384, 32_768, 32_767, 100_000, 300_001])
    func `no token is lost, doubled or out of its place`(count: Int) throws {
        let text = "[" + (0..<count).map { "\($0 % 977)" }.joined(separator: ",") + "]"
        let tokens = try TokenList.tokens(of: Array(text.utf8), isShared: true)
        #expect(tokens.count == count + 2)
        #expect(try tokens == TokenList.tokens(of: Array(text.utf8)))
    }

    @Test func `what comes before an error is handed on`() throws {
        let text = Array(("[" + String(repeating: "1,", count: 50_000) + "x").utf8)
        #expect(try outcome(text, isShared: true) == outcome(text, isShared: false))
        let counter = Counter(limit: .max)
        #expect(throws: JSONError.self) {
            try text.withUnsafeBufferPointer {
                try Tokenizer.run($0, depthLimit: 8, isShared: true, consumer: counter)
            }
        }
        // The last batch of the reader's own is not handed on by a reader alone either.
        #expect(counter.count == (50_001 / 1024) * 1024)
    }

    @Test func `a consumer that stops ends the reading and gets no more`() throws {
        let text = Array(("[" + String(repeating: "1,", count: 400_000) + "1]").utf8)
        let counter = Counter(limit: 1)
        let error = #expect(throws: JSONError.self) {
            try text.withUnsafeBufferPointer {
                try Tokenizer.run($0, depthLimit: 8, isShared: true, consumer: counter)
            }
        }
        #expect(error?.reason == .stopped)
        #expect(counter.calls == 1)
    }

    private final class Counter: TokenConsumer {
        private let limit: Int
        private(set) var count = 0
        private(set) var calls = 0

        init(limit: Int) { self.limit = limit }

        func consume(_ tokens: UnsafeBufferPointer<Token>) -> Bool {
            count += tokens.count
            calls += 1
            return count < limit
        }
    }
}
