import Testing
import TipinFiles

struct IntClampedTests {
    @Test(arguments: [
        (1, 2, 3), (.max, 1, .max), (.max, -1, .max - 1), (.min, -1, .min), (-1, .min, .min), (.max, .min, -1),
    ])
    func `a sum that there is not is the nearest one`(_ left: Int, _ right: Int, _ sum: Int) {
        #expect(left.addingClamped(right) == sum)
    }
}
