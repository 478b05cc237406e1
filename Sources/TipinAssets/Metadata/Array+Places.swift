extension Array {
    /// The first element that stands at a place or behind it, of elements in the order of their places.
    func element(from place: Int, _ placeOf: (Element) -> Int) -> Element? {
        index(from: place, placeOf).map { self[$0] }
    }

    /// Where that element is.
    func index(from place: Int, _ placeOf: (Element) -> Int) -> Int? {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if placeOf(self[middle]) < place { low = middle + 1 } else { high = middle }
        }
        return low < count ? low : nil
    }
}
