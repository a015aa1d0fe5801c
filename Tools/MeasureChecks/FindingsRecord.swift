import Checks
import Foundation

/// All that was found in many answers, bit for bit.
struct FindingsRecord {
    private let keepsLines: Bool
    private var lines = ""
    /// FNV-1a of all lines.
    private(set) var digest: UInt64 = 0xcbf2_9ce4_8422_2325

    init(keepsLines: Bool) { self.keepsLines = keepsLines }

    mutating func add(_ findings: Findings) {
        var line = ""
        for (signal, value) in zip(Signal.allCases, findings.signals.values) where value != 0 {
            line += "\(signal)=\(String(value.bitPattern, radix: 16)) "
        }
        for found in findings.evidence {
            line += "| \(found.check) \(found.verdict) \(found.strength) \(found.reason) "
            if let span = found.span { line += "\(span) " }
        }
        line += "\n"
        for byte in line.utf8 { digest = (digest ^ UInt64(byte)) &* 0x100_0000_01b3 }
        if keepsLines { lines += line }
    }

    func write(to path: String) throws { try lines.write(toFile: path, atomically: true, encoding: .utf8) }
}
