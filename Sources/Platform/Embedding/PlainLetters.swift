import CKernels

/// The letters and digits of a text in lower case and nothing else.
package enum PlainLetters {
    /// Those of a text that is all ASCII; nil for another.
    package static func of(_ text: Span<UInt8>) -> [UInt8]? {
        var isASCII = true
        var letters: [UInt8] = []
        letters.append(addingCapacity: text.count + 16) { letters in
            unsafe letters.withUnsafeMutableBufferPointer { letters, count in
                unsafe text.withUnsafeBufferPointer { text in
                    guard let start = text.baseAddress, let room = letters.baseAddress else { return }
                    let found = unsafe ckernels_plain_letters(start, text.count, room)
                    if found < 0 { isASCII = false } else { count = found }
                }
            }
        }
        return isASCII ? letters : nil
    }
}
