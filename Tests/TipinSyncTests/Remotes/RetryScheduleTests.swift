import Testing
import TipinSync

struct RetryScheduleTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var random = 0.5
        var retryAfter: [Int?]
        var waits: [Duration?]
        var testDescription: String { name }
    }

    @Test(arguments: [
        Case(name: "half the jitter", retryAfter: [nil, nil, nil], waits: [.seconds(0.5), .seconds(1), nil]),
        Case(name: "no jitter", random: 0, retryAfter: [nil, nil, nil], waits: [.zero, .zero, nil]),
        Case(name: "all the jitter", random: 1, retryAfter: [nil, nil, nil], waits: [.seconds(1), .seconds(2), nil]),
        Case(name: "a wish within the budget", retryAfter: [3, nil, nil], waits: [.seconds(3), .seconds(1), nil]),
        Case(name: "a wish below the jitter", random: 1, retryAfter: [nil, 1], waits: [.seconds(1), .seconds(2)]),
        Case(name: "all of the budget", retryAfter: [30, nil], waits: [.seconds(30), nil]),
        Case(name: "a wish beyond the budget", retryAfter: [31], waits: [nil]),
        Case(name: "two wishes beyond it together", retryAfter: [20, 20], waits: [.seconds(20), nil]),
        Case(name: "a year", retryAfter: [31_536_000], waits: [nil]),
        Case(name: "the greatest number", retryAfter: [.max], waits: [nil]),
        Case(name: "no wish", retryAfter: [0, -5, nil], waits: [.seconds(0.5), .seconds(1), nil]),
        Case(name: "a random number out of range", random: 7, retryAfter: [nil], waits: [.seconds(1)]),
    ])
    func `tries three times within half a minute`(_ example: Case) {
        var schedule = RetrySchedule()
        var waits: [Duration?] = []
        for retryAfter in example.retryAfter {
            waits.append(schedule.next(random: example.random, retryAfterSeconds: retryAfter))
        }
        #expect(waits == example.waits)
    }
}
