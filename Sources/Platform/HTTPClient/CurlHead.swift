internal import HTTPMessages

/// A response's head as libcurl hands it out: line by line, with the informational heads before it.
package struct CurlHead {
    private(set) var status = 0
    private(set) var fields = HTTPFields()
    private(set) var isComplete = false
    /// Why the response is refused, once it is.
    package private(set) var error: ClientError?
    private let limit: Int
    private var size = 0

    /// Creates a head that has not begun, of so many bytes at most.
    package init(limit: Int) {
        self.limit = limit
    }

    /// Makes ready for another response.
    mutating func reset() {
        self = CurlHead(limit: limit)
    }

    /// Takes the next line with its end.
    package mutating func receive(_ line: UnsafeRawBufferPointer) {
        size += line.count
        guard size <= limit else {
            error = .tooLarge
            return
        }
        let text = unsafe line.prefix { $0 != UInt8(ascii: "\r") && $0 != UInt8(ascii: "\n") }
        if unsafe text.isEmpty {
            endHead()
        } else if unsafe status == 0 || text.starts(with: "HTTP/".utf8) {
            let digits = unsafe text.drop { $0 != UInt8(ascii: " ") }.dropFirst().prefix(3)
            status = unsafe Int(String(decoding: digits, as: UTF8.self)) ?? 0
            if !(100..<1000).contains(status) || status == 101 { error = .malformedResponse }
        } else if let colon = unsafe text.firstIndex(of: UInt8(ascii: ":")), unsafe colon > text.startIndex {
            unsafe fields.append(Self.text(text[..<colon]), Self.text(text[(colon + 1)...]))
        } else {
            error = .malformedResponse
        }
    }

    private mutating func endHead() {
        if (100..<200).contains(status) {
            status = 0
            fields = HTTPFields()
        } else {
            isComplete = true
        }
    }

    /// The text without blanks around it.
    private static func text(_ bytes: Slice<UnsafeRawBufferPointer>) -> String {
        func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
        var bytes = unsafe bytes.drop(while: isBlank)
        while let last = unsafe bytes.last, isBlank(last) { unsafe bytes = bytes.dropLast() }
        return unsafe String(decoding: bytes, as: UTF8.self)
    }
}
