/// A model's name as clients and catalogs write it, such as `gpt-4o-mini`.
package struct ModelName: Hashable, Sendable, CustomStringConvertible {
    package let text: String
    package init(_ text: String) { self.text = text }
    package var description: String { text }
}

/// The name of who serves models, such as `openai`.
package struct ProviderName: Hashable, Sendable, CustomStringConvertible {
    package let text: String
    package init(_ text: String) { self.text = text }
    package var description: String { text }
}

/// A virtual model name that clients ask for, such as `auto`.
package struct RouteName: Hashable, Sendable, CustomStringConvertible {
    package let text: String
    package init(_ text: String) { self.text = text }
    package var description: String { text }
}

/// Who called, by the name the operator gave the key; never the key itself.
package struct CallerName: Hashable, Sendable, CustomStringConvertible {
    package let text: String
    package init(_ text: String) { self.text = text }
    package var description: String { text }

    /// A caller without a key, which only a loopback listener admits.
    package static let anonymous = CallerName("anonymous")
}

/// One client request from arrival to last byte.
package struct ExchangeID: Hashable, Sendable, CustomStringConvertible {
    package let text: String
    package init(_ text: String) { self.text = text }
    package var description: String { text }
}
