import Glibc
import Telemetry
import Testing

struct TelemetryTests {
    private func written(level: LogLevel = .info, format: LogFormat, _ body: (Log) -> Void) -> String {
        var ends: [Int32] = [0, 0]
        pipe(&ends)
        let time = LogTime(milliseconds: 1_767_225_599_007)
        body(Log(level: level, format: format, descriptor: ends[1], now: { time }))
        close(ends[1])
        defer { close(ends[0]) }
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = read(ends[0], &buffer, buffer.count)
        return String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
    }

    @Test func `writes a line of pairs for people`() {
        let line = written(format: .text) { $0.info("ready", ["port": 41, "share": 0.5, "on": true, "name": "a b"]) }
        let expected = "time=2025-12-31T23:59:59.007Z level=info event=ready port=41 share=0.5 on=true name=\"a b\"\n"
        #expect(line == expected)
    }

    @Test func `writes a line of JSON for machines`() {
        let line = written(format: .json) { $0.error("bad \"x\"", ["sum": .number(.nan)]) }
        let expected =
            #"{"time":"2025-12-31T23:59:59.007Z","level":"error","event":"bad \"x\"","sum":"nan"}"# + "\n"
        #expect(line == expected)
    }

    @Test(arguments: [LogFormat.text, .json])
    func `escapes what could forge a line or command a terminal`(format: LogFormat) {
        let line = written(format: format) { $0.info("x", ["v": .text("a\nb\u{1B}[2J\u{9B}\"\\=é")]) }
        #expect(line.hasSuffix(#""a\nb\u001b[2J\u009b\"\\=é""# + (format == .json ? "}\n" : "\n")))
        #expect(line.utf8.filter { $0 == 0x0A }.count == 1)
    }

    @Test func `leaves out lines below its level`() {
        let lines = written(level: .warning, format: .text) {
            $0.debug("a")
            $0.info("b")
            $0.warning("c")
        }
        #expect(lines.hasSuffix("level=warning event=c\n"))
        #expect(!lines.contains("event=b"))
    }

    @Test func `renders counters and gauges in the text format`() {
        let registry = Registry()
        let requests = registry.counters("requests_total", help: "Back\\slash\nline", labels: ["model", "status"])
        requests.with("b", "200").add(2)
        requests.with("a\"\\\n", "500").add()
        registry.counter("cost_dollars_total", help: "Cost.", scale: 0.5).add(3)
        registry.gauge("open", help: "Open.").add(-1)
        registry.gauge("up", help: "Up.") { 1 }
        let expected = #"""
            # HELP requests_total Back\\slash\nline
            # TYPE requests_total counter
            requests_total{model="a\"\\\n",status="500"} 1
            requests_total{model="b",status="200"} 2
            # HELP cost_dollars_total Cost.
            # TYPE cost_dollars_total counter
            cost_dollars_total 1.5
            # HELP open Open.
            # TYPE open gauge
            open -1
            # HELP up Up.
            # TYPE up gauge
            up 1.0

            """#
        #expect(registry.text == expected)
    }

    @Test func `renders a histogram with cumulative buckets`() {
        let registry = Registry()
        let latency = registry.histograms("latency_seconds", help: "L.", labels: ["m"], bounds: [0.1, 1]).with("a")
        latency.observe(0.1)
        latency.observe(microseconds: 500_000)
        latency.observe(2.0)
        let expected = """
            # HELP latency_seconds L.
            # TYPE latency_seconds histogram
            latency_seconds_bucket{m="a",le="0.1"} 1
            latency_seconds_bucket{m="a",le="1.0"} 2
            latency_seconds_bucket{m="a",le="+Inf"} 3
            latency_seconds_sum{m="a"} 2.6
            latency_seconds_count{m="a"} 3

            """
        #expect(registry.text == expected)
    }

    @Test func `counts exactly from many tasks`() async {
        let counters = Registry().counters("n_total", help: "N.", labels: ["k"])
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<8 { group.addTask { for _ in 0..<1000 { counters.with("x").add() } } }
        }
        #expect(counters.with("x").value == 8000)
    }
}
