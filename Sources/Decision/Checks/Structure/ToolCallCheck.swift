import Dialogue

extension Check {
    /// Whether tool calls name tools that exist and give them the arguments that they take.
    static let toolCall = Check(
        name: "structure.tool_call", applies: { !$0.prompt.tools.isEmpty && $0.hasShortCalls }
    ) { answer, budget, findings in
        let written = answer.calls
        let tools = answer.tools
        if written.areText, !written.calls.isEmpty { findings.signals[.callsAsText] = 1 }
        if !written.calls.isEmpty { findings.signals[.callProse] = logarithm(Double(written.prose)) }
        var faults = 0
        for call in written.calls.prefix(WrittenCalls.most) where !budget.isSpent {
            for fault in ToolCallFault.all(of: call, tools) {
                faults += 1
                findings.signals[fault.signal] = 1
                findings.add(Evidence("structure.tool_call", .fails, strength: fault.strength, fault.reason))
            }
        }
        if faults == 0, !written.calls.isEmpty {
            findings.add(
                Evidence(
                    "structure.tool_call", .passes, strength: 0.3,
                    "every call names a tool that exists and gives it what it takes"))
        }
    }
}

/// What is wrong with a call, whatever was asked.
enum ToolCallFault: Hashable {
    case unknownTool(String)
    case unreadable(String)
    case missing(String, String)
    case notTaken(String, String)
    case type(String, String, is: String, wanted: String)
    case choice(String, String)

    static func all(of call: WrittenCalls.Call, _ tools: [ToolDeclaration]) -> [ToolCallFault] {
        guard let tool = tools.named(call.name) else { return [.unknownTool(call.name)] }
        guard let arguments = call.arguments else { return [.unreadable(call.name)] }
        let given = Set(arguments.map(\.name))
        var faults: [ToolCallFault] = []
        for parameter in tool.parameters where parameter.isRequired && !given.contains(parameter.name) {
            faults.append(.missing(call.name, parameter.name))
        }
        for argument in arguments.prefix(256) {
            guard let parameter = tool[argument.name] else {
                if !tool.isOpen { faults.append(.notTaken(call.name, argument.name)) }
                continue
            }
            if !parameter.types.isEmpty, !parameter.types.contains(where: argument.value.isOf) {
                faults.append(
                    .type(
                        call.name, argument.name, is: argument.value.kind,
                        wanted: parameter.types.joined(separator: " or ")))
            } else if !parameter.choices.isEmpty, !parameter.allows(argument.value) {
                faults.append(.choice(call.name, argument.name))
            }
        }
        return faults
    }

    var signal: Signal {
        switch self {
        case .unknownTool: .toolUnknown
        case .unreadable: .argumentsUnreadable
        case .missing: .argumentMissing
        case .notTaken: .argumentNotTaken
        case .type: .argumentType
        case .choice: .argumentChoice
        }
    }

    var strength: Double {
        switch self {
        case .unknownTool, .unreadable, .missing: 0.9
        case .notTaken, .choice: 0.8
        case .type: 0.7
        }
    }

    var reason: String {
        switch self {
        case .unknownTool(let tool): "it calls `\(tool)`, which is none of the tools"
        case .unreadable(let tool): "the arguments of `\(tool)` are not JSON"
        case .missing(let tool, let name): "`\(tool)` needs `\(name)`, which is missing"
        case .notTaken(let tool, let name): "`\(tool)` takes no `\(name)`"
        case .type(let tool, let name, let kind, let wanted): "`\(name)` of `\(tool)` is \(kind), not of type \(wanted)"
        case .choice(let tool, let name): "`\(name)` of `\(tool)` is none of the values it may have"
        }
    }
}

extension ToolDeclaration.Parameter {
    /// Whether a value is one of the choices; a list, if each of its elements is.
    fileprivate func allows(_ value: ArgumentValue) -> Bool {
        if choices.contains(value) { return true }
        guard case .list(let elements) = value else { return false }
        return elements.allSatisfy { choices.contains($0) }
    }
}
