internal import Dialogue
internal import Digests
internal import Telemetry

extension ExchangeID {
    /// A new id: `frt_` and a text that sorts by time.
    static func next() -> ExchangeID {
        ExchangeID(SortableID.text(prefix: "frt_", milliseconds: WallClock.microseconds / 1000))
    }
}
