// swift-tools-version: 6.2
// Targets are declared bottom-up, in the order of Docs/Modules.md: a target may use only what stands above it in this
// file. The check at the end stops the build at the first upward dependency.
import Foundation
import PackageDescription

let root = Context.packageDirectory
/// Where `Scripts/bootstrap` leaves what it builds; `Scripts/fuzz` has a place of its own for what it instruments.
let isFuzzing = Context.environment["FARTHING_FUZZING"] != nil
let dependencies = isFuzzing ? "\(root)/.deps/fuzzing" : "\(root)/.deps"

/// Headers and archives that `Scripts/bootstrap` built from pinned sources.
let builtHeaders: [SwiftSetting] = [.unsafeFlags(["-Xcc", "-I\(dependencies)/include"])]

let house: [SwiftSetting] =
    builtHeaders + [
        .swiftLanguageMode(.v6),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
        .strictMemorySafety(),
        .treatAllWarnings(as: .error),
        // Debug builds and tests check at run time that accesses do not overlap; it costs the release 1.5 % of its instructions.
        .unsafeFlags(["-enforce-exclusivity=unchecked"], .when(configuration: .release)),
    ]

func shim(_ name: String, links: [String] = [], headers: [CSetting] = []) -> Target {
    .target(
        name: name, path: "Sources/Shims/\(name)", cSettings: headers,
        linkerSettings: links.map { .linkedLibrary($0) })
}

/// A shim over an archive in `.deps/lib`.
func builtShim(_ name: String, links libraries: String...) -> Target {
    .target(
        name: name, path: "Sources/Shims/\(name)", cSettings: [.unsafeFlags(["-I\(dependencies)/include"])],
        linkerSettings: [.unsafeFlags(["-L\(dependencies)/lib"])] + libraries.map { .linkedLibrary($0) })
}

func module(_ name: String, in group: String, uses: [String] = []) -> Target {
    .target(
        name: name, dependencies: uses.map { .byName(name: $0) }, path: "Sources/\(group)/\(name)",
        swiftSettings: house)
}

let testSettings: [SwiftSetting] =
    builtHeaders + [
        .swiftLanguageMode(.v6),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
        .treatAllWarnings(as: .error),
    ]

/// A program for the workshop, not for users: it may use Foundation.
func tool(_ name: String, uses: [String]) -> Target {
    .executableTarget(
        name: name, dependencies: uses.map { .byName(name: $0) }, path: "Tools/\(name)", swiftSettings: testSettings)
}

let shims: [Target] = [
    shim("CLinux"),
    builtShim("CLlhttp", links: "llhttp"),
    shim("CCurl", links: ["curl"]),
    .target(
        name: "CSimdjson", path: "Sources/Shims/CSimdjson",
        cxxSettings: [.define("SIMDJSON_EXCEPTIONS", to: "0"), .unsafeFlags(["-O2", "-fno-exceptions"])],
        linkerSettings: [.linkedLibrary("simdjson")]),
    shim("CSQLite", links: ["sqlite3"]),
    shim("CYAML", links: ["yaml"]),
    shim("CPCRE2", links: ["pcre2-8"]),
    builtShim("CTreeSitter", links: "tree-sitter", "z"),
    builtShim("CPgQuery", links: "pg_query"),
    shim("CCrypto", links: ["crypto"]),
    shim("CZlib", links: ["z"]),
    shim("CJemalloc", links: ["jemalloc"]),
    .target(name: "CKernels", path: "Sources/Shims/CKernels", cSettings: [.unsafeFlags(["-O3"])]),
    .target(
        name: "CAssets", path: "Sources/Shims/CAssets",
        cSettings: [.unsafeFlags(["-I\(root)/Assets", "-Wa,-I\(root)/Assets"])]),
]

let platform: [Target] = [
    module("Telemetry", in: "Platform", uses: ["CLinux"]),
    module("Assets", in: "Platform", uses: ["CAssets"]),
    module("Digests", in: "Platform", uses: ["CCrypto", "CKernels"]),
    module("EventLoops", in: "Platform", uses: ["CLinux"]),
    module("Files", in: "Platform", uses: ["CLinux"]),
    module("Threads", in: "Platform", uses: ["CLinux"]),
    module("Lifecycle", in: "Platform", uses: ["CLinux", "Telemetry", "Threads"]),
    module("JSON", in: "Platform", uses: ["CSimdjson"]),
    module("YAML", in: "Platform", uses: ["CYAML"]),
    module("Settings", in: "Platform", uses: ["YAML"]),
    module("Arguments", in: "Platform", uses: ["Settings"]),
    module("HTTPMessages", in: "Platform"),
    module("HTTPServer", in: "Platform", uses: ["CLlhttp", "CLinux", "EventLoops", "HTTPMessages", "Telemetry"]),
    module("HTTPClient", in: "Platform", uses: ["CLlhttp", "CCurl", "CLinux", "EventLoops", "HTTPMessages"]),
    module("SQLite", in: "Platform", uses: ["CSQLite", "EventLoops"]),
    module("Gzip", in: "Platform", uses: ["CZlib"]),
    module("BytePairs", in: "Platform", uses: ["CPCRE2", "Assets", "EventLoops"]),
    module("Embedding", in: "Platform", uses: ["CKernels", "Assets"]),
    module("LinearAlgebra", in: "Platform", uses: ["CKernels"]),
    module("Statistics", in: "Platform", uses: ["LinearAlgebra"]),
    module("ExactNumbers", in: "Platform"),
    module("JSONSchema", in: "Platform", uses: ["CPCRE2", "JSON"]),
    module("CodeParsing", in: "Platform", uses: ["CTreeSitter", "CPgQuery"]),
]

let domain: [Target] = [
    module("Dialogue", in: "Domain"),
    module("Catalog", in: "Domain", uses: ["Dialogue", "JSON", "Assets"]),
    module("WireFormats", in: "Domain", uses: ["Dialogue", "JSON", "HTTPMessages"]),
]

let decision: [Target] = [
    module("Features", in: "Decision", uses: ["Dialogue", "Embedding"]),
    module("TaskClasses", in: "Decision", uses: ["Dialogue", "Features", "Embedding", "Assets"]),
    module("Routing", in: "Decision", uses: ["Dialogue", "Catalog"]),
    module("Certification", in: "Decision", uses: ["JSON", "LinearAlgebra", "Statistics"]),
    module(
        "Checks", in: "Decision",
        uses: ["CodeParsing", "Dialogue", "Embedding", "ExactNumbers", "JSON", "JSONSchema", "Threads"]),
    module("Agreement", in: "Decision", uses: ["Checks", "Dialogue", "Features"]),
    module("QueryTypes", in: "Decision", uses: ["LinearAlgebra", "Statistics"]),
    module(
        "Prediction", in: "Decision",
        uses: [
            "Assets", "QueryTypes", "Dialogue", "Digests", "Embedding", "Features", "LinearAlgebra", "Statistics",
        ]),
    module(
        "Experience", in: "Decision",
        uses: [
            "Agreement", "Checks", "Dialogue", "Digests", "Features", "LinearAlgebra", "Prediction", "Statistics",
        ]),
    module("Cascade", in: "Decision", uses: ["Checks", "Experience", "LinearAlgebra", "Prediction", "Statistics"]),
]

let effects: [Target] = [
    module("Admission", in: "Effects", uses: ["Dialogue", "Digests", "HTTPMessages"]),
    module("Ledger", in: "Effects", uses: ["Dialogue", "JSON"]),
    module(
        "Journal", in: "Effects",
        uses: ["Dialogue", "Digests", "EventLoops", "Files", "JSON", "Ledger", "Telemetry", "Threads"]),
    module("Storage", in: "Effects", uses: ["Dialogue", "JSON", "Ledger", "SQLite"]),
    module(
        "Providers", in: "Effects",
        uses: ["Dialogue", "Catalog", "WireFormats", "HTTPMessages", "HTTPClient", "EventLoops", "JSON"]),
    module("Recordings", in: "Effects", uses: ["Dialogue", "Gzip", "JSON", "WireFormats"]),
    module(
        "Rehearsal", in: "Effects",
        uses: [
            "Recordings", "Dialogue", "Catalog", "WireFormats", "HTTPMessages", "HTTPServer", "EventLoops", "JSON",
            "BytePairs",
            "Gzip", "Settings", "ExactNumbers",
        ]),
]

let service: [Target] = [
    module(
        "Configuration", in: "Service",
        uses: ["Settings", "YAML", "Dialogue", "Digests", "Catalog", "Routing", "Admission"]),
    module(
        "Gateway", in: "Service",
        uses: [
            "Telemetry", "EventLoops", "Threads", "Lifecycle", "JSON", "HTTPMessages", "HTTPServer", "HTTPClient",
            "BytePairs",
            "Digests", "Settings", "Dialogue", "Catalog", "WireFormats", "Features", "TaskClasses", "Routing",
            "Agreement", "Certification", "Checks", "Prediction", "Experience", "Cascade", "Admission", "Ledger",
            "Journal", "Providers", "Configuration",
        ]),
]

/// What reads bytes of strangers, as the fuzzer and the tests call it.
let fuzzedParsers = Target.target(
    name: "FuzzedParsers",
    dependencies: [
        "Agreement", "BytePairs", "Cascade", "Certification", "Checks", "CodeParsing", "Configuration", "Dialogue",
        "Embedding", "Experience", "Features", "HTTPClient", "HTTPMessages", "HTTPServer", "JSON", "JSONSchema",
        "Journal", "Ledger", "Prediction", "Recordings", "TaskClasses", "WireFormats", "YAML",
    ], path: "Tools/FuzzedParsers", swiftSettings: testSettings)

/// Needs libFuzzer, hence not built but by `Scripts/fuzz`.
let fuzzing: [Target] = [tool("FuzzParsers", uses: ["FuzzedParsers"])]

let moduleNames = (platform + domain + decision + effects + service).map(\.name)

let command: [Target] = [
    .executableTarget(
        name: "Command",
        // Linked into the program, jemalloc takes malloc's place in all of it.
        dependencies: moduleNames.map { .byName(name: $0) } + ["CLinux", "CJemalloc"],
        path: "Sources/Command", swiftSettings: house,
        // Debug information is a third of the file; the names of functions stay.
        linkerSettings: [.unsafeFlags(["-Xlinker", "-S"], .when(configuration: .release))]),
    tool("FitTaskHeads", uses: ["JSON", "Dialogue", "Embedding", "Features", "TaskClasses"]),
    tool(
        "FitPriors",
        uses: [
            "Dialogue", "Features", "JSON", "LinearAlgebra", "Prediction", "Recordings", "Statistics", "TaskClasses",
        ]),
    tool(
        "FitRightness",
        uses: [
            "Checks", "Dialogue", "Features", "JSON", "LinearAlgebra", "Prediction", "Recordings", "Statistics",
            "TaskClasses",
        ]),
    tool("MeasureChecks", uses: ["Checks", "Dialogue", "JSON", "Recordings"]),
    tool(
        "MeasureAgreement",
        uses: [
            "Agreement", "Checks", "Dialogue", "Features", "Prediction", "Recordings", "Statistics", "TaskClasses",
        ]),
    tool(
        "MeasureDecision",
        uses: [
            "Catalog", "Configuration", "Dialogue", "Features", "Gateway", "Prediction", "TaskClasses", "WireFormats",
        ]),
]

/// One test target for each module that has a folder in Tests/, and whatever it needs beside the module itself.
let testNeeds: [String: [String]] = [
    "Storage": ["Journal", "Files"], "Rehearsal": ["Configuration", "Routing"], "Gateway": ["Files"],
    "Checks": ["Recordings"],
]
let fuzzedParsersTests = Target.testTarget(
    name: "FuzzedParsersTests", dependencies: ["FuzzedParsers"], path: "Tests/FuzzedParsersTests",
    swiftSettings: testSettings)
let tests: [Target] =
    [fuzzedParsersTests]
    + moduleNames.compactMap { name in
        let path = "Tests/\(name)Tests"
        guard FileManager.default.fileExists(atPath: "\(root)/\(path)") else { return nil }
        let own = (platform + domain + decision + effects + service).first { $0.name == name }?.dependencies ?? []
        return .testTarget(
            name: "\(name)Tests",
            dependencies: [.byName(name: name)] + own + (testNeeds[name] ?? []).map { .byName(name: $0) },
            path: path, exclude: FileManager.default.fileExists(atPath: "\(root)/\(path)/Fixtures") ? ["Fixtures"] : [],
            swiftSettings: testSettings)
    }

let ordered =
    shims + platform + domain + decision + effects + service + command + [fuzzedParsers] + (isFuzzing ? fuzzing : [])

let package = Package(
    name: "farthing",
    products: [.executable(name: "farthing", targets: ["Command"])],
    targets: ordered + tests,
    cxxLanguageStandard: .cxx20
)

var declared: Set<String> = []
for target in ordered {
    for dependency in target.dependencies {
        guard case .byNameItem(let name, _) = dependency, !declared.contains(name) else { continue }
        let remedy = "declare it above, or turn the dependency around"
        FileHandle.standardError.write(Data("Package.swift: \(target.name) may not use \(name): \(remedy)\n".utf8))
        exit(1)
    }
    declared.insert(target.name)
}
