import TipinDocument
import TipinJSON

func measure(_ name: String, _ bytes: Int, _ body: () -> Void) {
    body()
    var best = Duration.seconds(1000)
    for _ in 0..<5 { best = min(best, ContinuousClock().measure(body)) }
    let s = Double(best.components.attoseconds) / 1e18 + Double(best.components.seconds)
    print(name, Int(Double(bytes) / 1e6 / s), "MB/s")
}
let book = GeneratedCorpus.book(bytes: 90_000_000)
let collector = DocumentCollector(rules: CompiledRules(.builtIn))
final class Nothing: TokenConsumer { func consume(_ t: UnsafeBufferPointer<Token>) -> Bool { true } }
measure("yajl", book.count) { BareYajl.parse(book) }
measure("tokens", book.count) {
    book.withUnsafeBufferPointer { try! Tokenizer.run($0, depthLimit: 512, consumer: Nothing()) }
}
measure("tokens nocheck", book.count) {
    book.withUnsafeBufferPointer { try! Tokenizer.run($0, depthLimit: 512, isChecked: true, consumer: Nothing()) }
}
measure("collect", book.count) { _ = try! collector.collect(book) }
print(try! collector.collect(book)!.mentions.count)
