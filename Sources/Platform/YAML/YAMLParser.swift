internal import CYAML

/// Reads the part of YAML that configurations need: mappings, sequences and scalars in one document.
///
/// Anchors, aliases and tags are refused: they make a small text large, or a text mean what it does not show.
package enum YAMLParser {
    /// Nesting beyond this is refused.
    package static let maxDepth = 32
    /// Texts longer than this many bytes are refused.
    package static let maxBytes = 1 << 20

    /// Parses one document; nil if it holds nothing but comments.
    ///
    /// - Throws: what is wrong first, with its position and the remedy.
    package static func parse(_ bytes: [UInt8]) throws(YAMLError) -> YAMLNode? {
        guard bytes.count <= maxBytes else {
            throw YAMLError(reason: "the text is longer than 1 MiB", position: YAMLPosition(line: 1, column: 1))
        }
        let result = unsafe bytes.withUnsafeBufferPointer { buffer -> Result<YAMLNode?, YAMLError> in
            var events = unsafe YAMLEvents(buffer)
            return Result { () throws(YAMLError) in try events.document() }
        }
        return try result.get()
    }

    /// Parses one document given as a string.
    ///
    /// - Throws: what is wrong first, with its position and the remedy.
    package static func parse(_ text: String) throws(YAMLError) -> YAMLNode? {
        try parse(Array(text.utf8))
    }
}

/// Owns libyaml's parser and its current event for as long as the source lives.
@safe
private struct YAMLEvents: ~Copyable {
    private let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
    private let event = UnsafeMutablePointer<yaml_event_t>.allocate(capacity: 1)

    init(_ source: UnsafeBufferPointer<UInt8>) {
        unsafe event.initialize(to: yaml_event_t())
        unsafe parser.initialize(to: yaml_parser_t())
        unsafe yaml_parser_initialize(parser)
        unsafe yaml_parser_set_input_string(parser, source.baseAddress, source.count)
        unsafe yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    }

    deinit {
        unsafe yaml_event_delete(event)
        unsafe yaml_parser_delete(parser)
        unsafe event.deallocate()
        unsafe parser.deallocate()
    }

    private var kind: yaml_event_type_t { unsafe event.pointee.type }

    private var position: YAMLPosition { Self.position(unsafe event.pointee.start_mark) }

    private static func position(_ mark: yaml_mark_t) -> YAMLPosition {
        YAMLPosition(line: Int(mark.line) + 1, column: Int(mark.column) + 1)
    }

    mutating func document() throws(YAMLError) -> YAMLNode? {
        try advance()
        try advance()
        guard kind == YAML_DOCUMENT_START_EVENT else { return nil }
        try advance()
        let node = try node(depth: 0)
        try advance()
        try advance()
        guard kind == YAML_STREAM_END_EVENT else {
            throw YAMLError(reason: "a second document begins; keep one in a file", position: position)
        }
        return node
    }

    private mutating func advance() throws(YAMLError) {
        unsafe yaml_event_delete(event)
        guard unsafe yaml_parser_parse(parser, event) == 1 else {
            let problem = unsafe parser.pointee.problem.map { unsafe String(cString: $0) } ?? "unreadable"
            let mark = unsafe parser.pointee.problem_mark
            let isTab = unsafe parser.pointee.buffer.pointer?.pointee == UInt8(ascii: "\t")
            let advice =
                problem.contains("cannot start any token")
                ? isTab ? "; indent with blanks, not with tabs" : "; put the value in quotes" : ""
            throw YAMLError(reason: "not YAML: \(problem)\(advice)", position: Self.position(mark))
        }
    }

    private mutating func node(depth: Int) throws(YAMLError) -> YAMLNode {
        let position = position
        guard depth <= YAMLParser.maxDepth else {
            throw YAMLError(reason: "nested deeper than \(YAMLParser.maxDepth) levels", position: position)
        }
        switch kind {
        case YAML_SCALAR_EVENT:
            try unsafe refuseDecoration(event.pointee.data.scalar.anchor, event.pointee.data.scalar.tag)
            return YAMLNode(content: unsafe Self.scalar(event.pointee), position: position)
        case YAML_SEQUENCE_START_EVENT:
            let start = unsafe event.pointee.data.sequence_start
            try unsafe refuseDecoration(start.anchor, start.tag)
            return YAMLNode(content: .sequence(try elements(depth: depth)), position: position)
        case YAML_MAPPING_START_EVENT:
            let start = unsafe event.pointee.data.mapping_start
            try unsafe refuseDecoration(start.anchor, start.tag)
            return YAMLNode(content: .mapping(try entries(depth: depth)), position: position)
        default:
            throw YAMLError(reason: "aliases are not supported; write the value out", position: position)
        }
    }

    private func refuseDecoration(
        _ anchor: UnsafeMutablePointer<UInt8>?, _ tag: UnsafeMutablePointer<UInt8>?
    ) throws(YAMLError) {
        if unsafe anchor != nil {
            throw YAMLError(reason: "anchors are not supported; write the value out", position: position)
        }
        if unsafe tag != nil {
            throw YAMLError(
                reason: "tags are not supported; leave it out, or put the value in quotes", position: position)
        }
    }

    private static func scalar(_ event: yaml_event_t) -> YAMLNode.Content {
        let scalar = unsafe event.data.scalar
        let text = unsafe String(
            decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
        return .scalar(text, isPlain: unsafe scalar.style == YAML_PLAIN_SCALAR_STYLE)
    }

    private mutating func elements(depth: Int) throws(YAMLError) -> [YAMLNode] {
        var elements: [YAMLNode] = []
        try advance()
        while kind != YAML_SEQUENCE_END_EVENT {
            elements.append(try node(depth: depth + 1))
            try advance()
        }
        return elements
    }

    private mutating func entries(depth: Int) throws(YAMLError) -> [YAMLNode.Entry] {
        var entries: [YAMLNode.Entry] = []
        var seen: [String: Int] = [:]
        try advance()
        while kind != YAML_MAPPING_END_EVENT {
            let keyNode = try node(depth: depth + 1)
            guard case .scalar(let key, _) = keyNode.content else {
                throw YAMLError(reason: "a key must be a word", position: keyNode.position)
            }
            if let line = seen.updateValue(keyNode.position.line, forKey: key) {
                throw YAMLError(
                    reason: "'\(key)' is given twice, first on line \(line); remove one", position: keyNode.position)
            }
            try advance()
            entries.append(YAMLNode.Entry(key: key, position: keyNode.position, value: try node(depth: depth + 1)))
            try advance()
        }
        return entries
    }
}
