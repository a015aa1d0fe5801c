internal import Glibc

/// The time of day as a `Date` field wants it (RFC 9110, section 5.6.7), formed once a second.
struct HTTPDate {
    private var second: time_t = -1
    private var formatted: [UInt8] = []

    /// Now, such as `Sun, 06 Nov 1994 08:49:37 GMT`.
    var current: [UInt8] {
        mutating get {
            let now = time(nil)
            if now != second {
                second = now
                formatted = HTTPDate.format(now)
            }
            return formatted
        }
    }

    private static func format(_ seconds: time_t) -> [UInt8] {
        let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        var seconds = seconds
        var parts = unsafe tm()
        unsafe gmtime_r(&seconds, &parts)
        func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let date = unsafe "\(two(parts.tm_mday)) \(months[Int(parts.tm_mon)]) \(parts.tm_year + 1900)"
        let clock = unsafe "\(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec))"
        return Array("\(unsafe days[Int(parts.tm_wday)]), \(date) \(clock) GMT".utf8)
    }
}
