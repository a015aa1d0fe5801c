import Catalog
import Configuration
import Dialogue
import JSON
import Rehearsal
import Routing
import Testing
import WireFormats

/// What a gateway that has only the rehearsal can be asked, by any client, whichever model its route chooses.
@Suite struct RouteCandidateTests {
    private func read(_ backend: RehearsalBackend) throws -> GatewayConfiguration {
        let text = RehearsalConfiguration.text(for: backend, address: "127.0.0.1:4242")
        return try ConfigurationReader(environment: [:], catalog: CatalogSource([])).read(
            Array(text.utf8), name: "test")
    }

    @Test func `all simulated models become graded candidates of auto with exact prices`() throws {
        let configuration = try read(.simulated(seed: 0))
        let route = try #require(configuration.route(for: "auto"))
        #expect(Set(route.candidates.map(\.format)) == ["openai", "anthropic"])
        for model in SimulatedModel.all.map(\.catalog) {
            let candidate = try #require(route.candidates.first { $0.model.name == model.name })
            #expect(candidate.prices == model.prices && candidate.model.grade == model.grade)
            #expect(candidate.model.capabilities == [.tools, .json, .jsonSchema])
        }
    }

    @Test func `recorded models are graded by the rank of their prices`() async throws {
        let route = try #require(try read(.recorded(try await recordings())).route(for: "auto"))
        let grades = route.candidates.map { "\($0.model.name.text) \($0.model.grade ?? 0)" }
        #expect(grades.sorted() == ["caller-FC 5", "plain 1"])
        #expect(try read(.recorded(try await recordings(models: ["plain"]))).routes[RouteName("auto")] != nil)
    }

    private static let models = SimulatedModel.all.map(\.catalog.name.text)
    private static let formats: [(WireFormat, String)] = [(.openai, "chat/completions"), (.anthropic, "messages")]

    private func answer(_ model: String, _ text: String, more: String, _ format: WireFormat) throws -> Completion {
        let body =
            #"{"model":"\#(model)","max_tokens":200,"messages":[{"role":"user","content":"\#(text)"}]\#(more)}"#
        let prompt = try format.decodeRequest(Array(body.utf8), parser: JSONParser()).prompt
        return try RehearsalBackend.simulated(seed: 0).answer(prompt)
    }

    @Test(arguments: models, ["What is 17 + 25?", "What is 6 * 7?", "What is 40 + 2?"])
    func `every model does small sums in both formats`(model: String, question: String) throws {
        for (format, _) in Self.formats {
            let completion = try answer(model, question, more: "", format)
            #expect(completion.text.hasSuffix("The answer is 42."))
            #expect((completion.usage?.input ?? 0) > 0 && (completion.usage?.output ?? 0) > 0)
        }
    }

    private static let city =
        #"{"type":"object","properties":{"city":{"type":"string","description":"The city"}},"required":["city"]}"#
    private static let about = #""name":"get_weather","description":"The current weather in a city""#

    @Test(arguments: models)
    func `every model calls the weather tool in both formats`(model: String) throws {
        let tools = [
            #","tools":[{"type":"function","function":{\#(Self.about),"parameters":\#(Self.city)}}]"#,
            #","tools":[{\#(Self.about),"input_schema":\#(Self.city)}]"#,
        ]
        for ((format, _), tools) in zip(Self.formats, tools) {
            let completion = try answer(model, "What is the weather in Paris?", more: tools, format)
            guard case .toolCall(let call)? = completion.content.first else {
                Issue.record("no call: \(completion.text)")
                continue
            }
            #expect(call.name == "get_weather" && call.arguments == #"{"city":"Paris"}"#)
            #expect(completion.finish == .toolCalls)
        }
    }

    private static let contact =
        #"{"properties":{"name":{"title":"Name","type":"string"},"email":{"title":"Email","type":"string"}},"required":["name","email"],"title":"Contact","type":"object","additionalProperties":false}"#

    @Test(arguments: models)
    func `every model extracts a contact under a schema in both formats`(model: String) throws {
        let schemas = [
            #","response_format":{"type":"json_schema","json_schema":{"name":"Contact","schema":\#(Self.contact),"strict":true}}"#,
            #","output_config":{"format":{"type":"json_schema","schema":\#(Self.contact)}}"#,
        ]
        for ((format, _), schema) in zip(Self.formats, schemas) {
            let completion = try answer(
                model, "Extract the contact: Ada Lovelace, ada@example.org", more: schema, format)
            #expect(completion.text == #"{"name":"Ada Lovelace","email":"ada@example.org"}"#)
        }
    }
}
