/// Bytes at the end of which more are put.
///
/// Room is made for several at once with ``reserve(_:)``; what is put then is not checked byte by byte.
@safe
struct GrowingBytes: ~Copyable {
    private var start: UnsafeMutablePointer<UInt8>
    private var capacity: Int
    private(set) var count = 0

    init(capacity: Int) {
        self.capacity = max(capacity, 16)
        unsafe start = .allocate(capacity: self.capacity)
    }

    deinit {
        unsafe start.deallocate()
    }

    /// Makes room for so many more bytes.
    @inline(__always)
    mutating func reserve(_ more: Int) {
        if capacity - count < more { resize(to: max(count + more, 2 * capacity)) }
    }

    @inline(never)
    private mutating func resize(to capacity: Int) {
        let other = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
        unsafe other.update(from: start, count: count)
        unsafe start.deallocate()
        unsafe start = other
        self.capacity = capacity
    }

    /// Puts a byte into room that was reserved.
    @inline(__always)
    mutating func put(_ byte: UInt8) {
        assert(count < capacity)
        unsafe start[count] = byte
        count += 1
    }

    /// Puts bytes into room that was reserved.
    @inline(__always)
    mutating func put(_ bytes: UnsafePointer<UInt8>, count: Int) {
        assert(count <= capacity - self.count)
        unsafe (start + self.count).update(from: bytes, count: count)
        self.count += count
    }

    /// Puts four bytes, the lowest first, into room that was reserved.
    @inline(__always)
    mutating func put(four bytes: UInt32) {
        assert(count + 4 <= capacity)
        unsafe UnsafeMutableRawPointer(start + count).storeBytes(of: bytes.littleEndian, as: UInt32.self)
        count += 4
    }

    /// Puts eight bytes, the lowest first, into room that was reserved.
    @inline(__always)
    mutating func put(eight bytes: UInt64) {
        set(bytes.littleEndian, at: 0)
        count += 8
    }

    /// Sets a byte behind what was put, in room that was reserved.
    @inline(__always)
    func set(_ byte: UInt8, at place: Int) {
        assert(count + place < capacity)
        unsafe start[count + place] = byte
    }

    /// Sets eight bytes, as they lie in memory, behind what was put, in room that was reserved.
    @inline(__always)
    func set(_ word: UInt64, at place: Int) {
        assert(count + place + 8 <= capacity)
        unsafe UnsafeMutableRawPointer(start + count + place).storeBytes(of: word, as: UInt64.self)
    }

    /// Counts bytes as put that were set.
    @inline(__always)
    mutating func advance(by bytes: Int) {
        count += bytes
        assert(count <= capacity)
    }

    /// Puts other bytes in the place of some.
    mutating func replace(at place: Int, with bytes: Span<UInt8>) {
        precondition(place >= 0 && place + bytes.count <= count, "only what was written can be replaced")
        for index in bytes.indices { unsafe start[place + index] = bytes[index] }
    }

    /// Forgets all bytes; room for more than so many is given back.
    mutating func removeAll(keepingRoomFor most: Int) {
        count = 0
        if capacity > most { resize(to: most) }
    }

    /// Lends the bytes.
    func withSpan<R, E: Error>(_ body: (Span<UInt8>) throws(E) -> R) throws(E) -> R {
        try unsafe body(UnsafeBufferPointer(start: start, count: count).span)
    }
}
