internal import CSQLite

extension SQLiteConnection {
    /// Lets SQL call a function of a text that gives bytes, or NULL for nil; of NULL it gives NULL.
    package mutating func define(_ name: String, as function: @escaping (String) -> [UInt8]?) throws(SQLiteError) {
        let context = unsafe Unmanaged.passRetained(TextFunction(function)).toOpaque()
        let code = unsafe sqlite3_create_function_v2(
            handle, name, 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC, context,
            { call, _, arguments in
                guard let context = unsafe sqlite3_user_data(call),
                    let text = unsafe sqlite3_value_text(arguments?[0]),
                    let bytes = unsafe Unmanaged<TextFunction>.fromOpaque(context).takeUnretainedValue()
                        .function(String(cString: text))
                else { return }
                unsafe csqlite_result_blob(call, bytes, Int32(bytes.count))
            }, nil, nil,
            { context in
                if let context = unsafe context { unsafe Unmanaged<TextFunction>.fromOpaque(context).release() }
            })
        guard code == SQLITE_OK else { throw SQLiteError(.init(rawValue: code), operation: "define \(name)") }
    }
}

private final class TextFunction {
    let function: (String) -> [UInt8]?

    init(_ function: @escaping (String) -> [UInt8]?) {
        self.function = function
    }
}
