import Catalog
import Configuration
import Files
import Gateway
import Glibc
import Journal
import Ledger
import Synchronization
import Telemetry
import Testing

/// What each change found and left, in the order in which they were made.
private final class Changes: Sendable {
    let links = Mutex<[(before: GatewaySnapshot, after: GatewaySnapshot)]>([])
}

@Suite struct GatewayStateTests {
    /// Gives a state of its own, with a journal in a folder that is removed afterwards.
    private func withState(_ body: (GatewayState) async throws -> Void) async throws {
        var template = Array("/tmp/farthing-state-XXXXXX".utf8CString)
        #expect(mkdtemp(&template) != nil)
        let folder = String(decoding: template.dropLast().map { UInt8($0) }, as: UTF8.self)
        defer {
            for name in (try? Folder("\(folder)/journal").names()) ?? [] { remove("\(folder)/journal/\(name)") }
            for path in ["\(folder)/journal", "\(folder)/lock", folder] { remove(path) }
        }
        let text = """
            providers: {p: {format: openai, base_url: 'http://127.0.0.1:9/v1', models: []}}
            models: {m: {provider: p, grade: 3, price: {input: 1, output: 2}}}
            """
        let configuration = try ConfigurationReader(environment: [:], catalog: CatalogSource([]))
            .read(Array(text.utf8), name: "farthing.yaml", overrides: .init(dataFolder: folder))
        let state = GatewayState(
            snapshot: GatewaySnapshot(configuration: configuration), journal: try Journal.open(folder: folder),
            ledger: MemoryLedger(), metrics: GatewayMetrics(registry: Registry()))
        try await body(state)
    }

    private func next(_ before: GatewaySnapshot) -> GatewaySnapshot {
        GatewaySnapshot(configuration: before.configuration, before: before)
    }

    @Test func `an exchange under way keeps its snapshot, a new one has what was published`() async throws {
        try await withState { state in
            let held = state.snapshot
            var made: GatewaySnapshot?
            state.update { before in
                // Nobody waits for a snapshot that is being made: whoever begins meanwhile has the one before.
                #expect(state.snapshot === before)
                made = next(before)
                return made ?? before
            }
            #expect(held !== state.snapshot && made === state.snapshot)
        }
    }

    @Test func `of changes made at once none is lost, each begins with what the one before left`() async throws {
        try await withState { state in
            let first = state.snapshot
            let changes = Changes()
            await withTaskGroup { group in
                for _ in 0..<64 {
                    group.addTask {
                        state.update { before in
                            let after = GatewaySnapshot(configuration: before.configuration, before: before)
                            changes.links.withLock { $0.append((before, after)) }
                            return after
                        }
                    }
                }
            }
            let chain = changes.links.withLock { $0 }
            #expect(chain.count == 64 && chain.first?.before === first && chain.last?.after === state.snapshot)
            for (link, following) in zip(chain, chain.dropFirst()) { #expect(link.after === following.before) }
        }
    }
}
