import Testing

@testable import TipinFiles

struct WallClockTests {
    @Test(
        arguments: [
            (0, "1970-01-01T00:00:00.000Z"), (1_769_846_950_123, "2026-01-31T08:09:10.123Z"),
            (951_782_399_999, "2000-02-28T23:59:59.999Z"), (-1, "1969-12-31T23:59:59.999Z"),
            (-1000, "1969-12-31T23:59:59.000Z"),
        ] as [(Int64, String)])
    func `time is told in ISO 8601`(milliseconds: Int64, text: String) {
        #expect(WallClock.timestamp(milliseconds: milliseconds) == text)
        #expect(WallClock { milliseconds }.timestamp() == text)
    }
}
