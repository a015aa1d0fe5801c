import Settings
import Testing

struct SuggestionTests {
    @Test(arguments: [
        ("bse_url", "base_url"), ("Base_URL", "base_url"), ("baes_url", "base_url"), ("kye", "key"),
        ("modles", "models"),
    ])
    func `finds the name that was meant`(_ word: String, _ name: String) {
        #expect(Suggestion.nearest(to: word, among: ["base_url", "key", "models"]) == name)
    }

    @Test(arguments: ["", "zzz", "headers_of_it"])
    func `is silent where nothing is near`(_ word: String) {
        #expect(Suggestion.nearest(to: word, among: ["base_url", "key", "models"]) == nil)
    }
}
