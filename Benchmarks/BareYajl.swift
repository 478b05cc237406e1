internal import CYajl

/// yajl alone with callbacks that do nothing: what reading JSON through it costs at the least.
enum BareYajl {
    private static let callbacks = yajl_callbacks(
        yajl_null: { _ in 1 }, yajl_boolean: { _, _ in 1 }, yajl_integer: nil, yajl_double: nil,
        yajl_number: { _, _, _ in 1 }, yajl_string: { _, _, _ in 1 }, yajl_start_map: { _ in 1 },
        yajl_map_key: { _, _, _ in 1 }, yajl_end_map: { _ in 1 }, yajl_start_array: { _ in 1 },
        yajl_end_array: { _ in 1 })

    static func parse(_ text: [UInt8]) {
        withUnsafePointer(to: callbacks) { callbacks in
            guard let handle = yajl_alloc(callbacks, nil, nil) else { fatalError("yajl_alloc") }
            let status = yajl_parse(handle, text, text.count)
            precondition(status == yajl_status_ok && yajl_complete_parse(handle) == yajl_status_ok)
            yajl_free(handle)
        }
    }
}
