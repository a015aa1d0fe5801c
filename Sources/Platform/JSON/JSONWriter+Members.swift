extension JSONWriter {
    /// Writes a member with a string value; nothing at all for nil.
    package mutating func member(_ name: StaticString, _ text: String?) {
        guard let text else { return }
        let bytes = text.utf8.span
        begin(name, valueAtMost: bytes.count + 2)
        put(quoted: bytes)
    }

    /// Writes a member with an integer value; nothing at all for nil.
    package mutating func member(_ name: StaticString, _ number: Int?) {
        guard let number else { return }
        begin(name, valueAtMost: GrowingBytes.mostDecimals)
        text.put(decimal: number)
    }

    /// Writes a member with a number in hexadecimal digits as a string.
    package mutating func member(_ name: StaticString, hexadecimal number: UInt64) {
        begin(name, valueAtMost: 18)
        text.put(UInt8(ascii: "\""))
        text.put(hexadecimal: number)
        text.put(UInt8(ascii: "\""))
    }

    /// Writes a member with a number; nothing at all for nil.
    package mutating func member(_ name: StaticString, _ number: Double?) {
        guard let number else { return }
        key(name)
        double(number)
    }

    /// Writes a member with a boolean value; nothing at all for nil.
    package mutating func member(_ name: StaticString, _ flag: Bool?) {
        guard let flag else { return }
        begin(name, valueAtMost: 5)
        put(flag)
    }

    /// Writes a member with bytes as a string, in Base64; nothing at all for nil.
    package mutating func member(_ name: StaticString, base64 bytes: [UInt8]?) {
        guard let bytes else { return }
        key(name)
        base64(bytes)
    }

    /// Writes a member whose value is an object.
    package mutating func member<E: Error>(_ name: StaticString, object body: (inout JSONWriter) throws(E) -> Void)
        throws(E)
    {
        key(name)
        try object(body)
    }

    /// Writes a member whose value is an array.
    package mutating func member<E: Error>(_ name: StaticString, array body: (inout JSONWriter) throws(E) -> Void)
        throws(E)
    {
        key(name)
        try array(body)
    }

    /// Writes a member with a value that is JSON text already.
    package mutating func member(_ name: StaticString, raw json: some Collection<UInt8>) {
        key(name)
        raw(json)
    }
}
