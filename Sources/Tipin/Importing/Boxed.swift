/// Holds a large value by reference, so that what it is a part of is copied at little cost: each mention of a run is
/// handed from stage to stage with all that is known of its asset.
@propertyWrapper
package struct Boxed<Value: Sendable>: Sendable {
    private final class Box: Sendable {
        let value: Value
        init(_ value: Value) { self.value = value }
    }

    private var box: Box?

    package init(wrappedValue: Value?) { box = wrappedValue.map(Box.init) }

    package var wrappedValue: Value? {
        get { box?.value }
        set { box = newValue.map(Box.init) }
    }

    /// What holds it, to be shared with another who holds the same.
    package var projectedValue: Boxed {
        get { self }
        set { self = newValue }
    }
}
