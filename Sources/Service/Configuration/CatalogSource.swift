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
            find: { name in models.first { $0.name == name } },
            graded: { provider in models.filter { $0.provider == provider && $0.grade != nil } })
    }

    /// The model of that name.
    package subscript(_ name: ModelName) -> CatalogModel? { find(name) }

    /// The graded models of a provider.
    package func graded(for provider: ProviderName) -> [CatalogModel] { graded(provider) }
}
