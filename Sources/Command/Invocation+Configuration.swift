internal import Arguments
internal import Catalog
internal import Configuration

extension Invocation {
    /// Reads the configuration that this invocation names; flags win over the environment, and that over the file.
    ///
    /// - Throws: every mistake, one a line.
    func configuration(catalog: CatalogSource = .linked) throws(CommandFailure) -> GatewayConfiguration {
        let reader = ConfigurationReader(environment: environment, catalog: catalog)
        do throws(ConfigurationError) {
            return try reader.read(
                file: self[.config], overrides: .init(listen: self[.listen], dataFolder: self[.data]))
        } catch {
            throw .configuration(error.lines)
        }
    }
}

extension CatalogSource {
    /// The catalog that the program was built with.
    static let linked = CatalogSource([])
}
