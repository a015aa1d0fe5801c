package import Catalog
package import Dialogue

/// What is known of models before the operator says anything.
package struct CatalogSource: Sendable {
    private let find: @Sendable (ModelName) -> CatalogModel?
    private let graded: @Sendable (ProviderName) -> [CatalogModel]

    /// Creates a source from its two questions: the model of a name, and a provider's graded models.
    package init(
        find: @escaping @Sendable (ModelName) -> CatalogModel?,
        graded: @escaping @Sendable (ProviderName) -> [CatalogModel]
    ) {
        self.find = find
        self.graded = graded
    }

    /// Creates a source from a list.
    package init(_ models: [CatalogModel]) {
        self.init(
            find: { name in models.first { $0.name == name || "\($0.provider)/\($0.name)" == name.text } },
            graded: { provider in models.filter { $0.provider == provider && $0.grade != nil } })
    }

    /// The model of that name, with or without its provider's name before it.
    package subscript(_ name: ModelName) -> CatalogModel? { find(name) }

    /// The model that this provider lists under that name.
    package subscript(_ name: String, at provider: ProviderName) -> CatalogModel? {
        find(ModelName("\(provider)/\(name)")).flatMap { $0.provider == provider ? $0 : nil }
    }

    /// The name without that provider's name before it.
    static func bare(_ name: String, at provider: ProviderName) -> String {
        let prefix = "\(provider)/"
        return name.hasPrefix(prefix) ? String(name.dropFirst(prefix.count)) : name
    }

    /// The graded models of a provider.
    package func graded(for provider: ProviderName) -> [CatalogModel] { graded(provider) }
}
