internal import Assets
package import Dialogue

/// All models that anything is known of, found by name.
///
/// The text is kept as it is with an index of where its lines begin; a line is read when it is asked for, so that
/// thousands of models cost a few tens of kilobytes.
package struct ModelCatalog: Sendable {
    private let text: CatalogText
    private let grades: [String: Int]
    private let gradedKeys: [ProviderName: [String]]

    /// The catalog that comes with the program, made on first use.
    package static let shipped: ModelCatalog = {
        do {
            return try ModelCatalog(
                text: CatalogText(.linked(.catalog)), grades: CatalogText.Storage.linked(.grades).string())
        } catch {
            preconditionFailure("the linked catalog is broken: \(error)")
        }
    }()

    /// Reads a catalog from the text of `catalog.tsv` and `grades.tsv`, checking every line.
    ///
    /// - Throws: the first line that is wrong.
    package static func parse(tsv: String, grades: String) throws(CatalogError) -> ModelCatalog {
        let catalog = try ModelCatalog(text: CatalogText(.owned(Array(tsv.utf8))), grades: grades)
        try catalog.text.check()
        return catalog
    }

    private init(text: CatalogText, grades: String) throws(CatalogError) {
        self.text = text
        var known: [String: Int] = [:]
        var byProvider: [ProviderName: [String]] = [:]
        for (index, line) in grades.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if line.isEmpty || line.hasPrefix("#") { continue }
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
            guard fields.count == 3, let grade = Int(fields[2]), (1...5).contains(grade) else {
                throw CatalogError(source: .grades, line: index + 1, reason: "expected provider, name, grade 1 to 5")
            }
            let name = String(fields[1])
            guard let row = text.row(named: name), row.provider.text == fields[0] else {
                throw CatalogError(
                    source: .grades, line: index + 1, reason: "\(fields[0]) has no model '\(name)' in the catalog")
            }
            guard known.updateValue(grade, forKey: name) == nil else {
                throw CatalogError(source: .grades, line: index + 1, reason: "'\(name)' is graded twice")
            }
            byProvider[row.provider, default: []].append(name)
            if byProvider[row.provider, default: []].count > 8 {
                throw CatalogError(source: .grades, line: index + 1, reason: "more than 8 models of \(fields[0])")
            }
        }
        self.grades = known
        gradedKeys = byProvider
    }

    /// The number of models.
    package var count: Int { text.count }

    /// The model of this name, which may be written with its provider: `gpt-4o` and `openai/gpt-4o` are one.
    ///
    /// With the provider it is that provider's model in any case; without, it may be the model of another one, whose
    /// names stand in the price map as they are: `gemini/gemini-2.5-pro` is Gemini's, `gemini-2.5-pro` Vertex's.
    package subscript(name: String) -> CatalogModel? {
        if let row = text.row(named: name) { return model(row) }
        guard let slash = name.firstIndex(of: "/") else { return nil }
        let provider = name[..<slash]
        guard let row = text.row(named: String(name[name.index(after: slash)...])), row.provider.text == provider else {
            return nil
        }
        return model(row)
    }

    /// The model of this name; see the subscript by string.
    package subscript(name: ModelName) -> CatalogModel? { self[name.text] }

    /// The curated models of a provider, the best first, in the order of the list among equals.
    ///
    /// These alone are candidates by default.
    package func graded(for provider: ProviderName) -> [CatalogModel] {
        (gradedKeys[provider] ?? []).compactMap { self[$0] }
            .sorted { ($0.grade ?? 0) > ($1.grade ?? 0) }
    }

    private func model(_ row: CatalogRow) -> CatalogModel? {
        try? row.model(grade: grades[row.key])
    }
}
