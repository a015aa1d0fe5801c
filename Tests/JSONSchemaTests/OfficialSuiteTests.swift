import Foundation
import JSON
import JSONSchema
import Testing

/// The official suite, where `Scripts/bootstrap --schema-suite` has brought it.
private enum Suite {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../.deps/schema-suite")
        .standardizedFileURL
    static let isThere = FileManager.default.fileExists(atPath: folder.appending(path: "tests/draft7").path)

    static func files(_ draft: String) -> [String] {
        let names =
            (try? FileManager.default.contentsOfDirectory(atPath: folder.appending(path: "tests/\(draft)").path)) ?? []
        return names.filter { $0.hasSuffix(".json") }.sorted()
    }

    private static func files(under folder: URL) -> [URL] {
        let found = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        return found?.allObjects.compactMap { $0 as? URL } ?? []
    }

    /// What schemas of the suite refer to, by URI.
    static let documents: [String: [UInt8]] = {
        var found: [String: [UInt8]] = [:]
        let remotes = folder.appending(path: "remotes")
        for file in files(under: remotes) {
            guard file.pathExtension == "json", let bytes = try? Data(contentsOf: file) else { continue }
            let path = file.standardizedFileURL.path.dropFirst(remotes.standardizedFileURL.path.count)
            found["http://localhost:1234" + path] = Array(bytes)
        }
        let metaschemas = folder.appending(path: "metaschemas")
        for file in files(under: metaschemas) {
            guard let bytes = try? Data(contentsOf: file), let document = try? JSONDocument.parse(Array(bytes)),
                let id = document.root["$id"]?.string
            else { continue }
            found[String(id.split(separator: "#")[0])] = Array(bytes)
        }
        return found
    }()
}

struct OfficialSuiteTests {
    @Test(
        .enabled(if: Suite.isThere, "the official suite is absent: run Scripts/bootstrap --schema-suite"),
        arguments: [("draft7", Schema.Dialect.draft7, 200), ("draft2020-12", .draft2020, 1000)])
    func `every required test of the official suite passes`(_ draft: String, _ dialect: Schema.Dialect, _ least: Int)
        throws
    {
        var count = 0
        for name in Suite.files(draft) {
            let bytes = try Data(contentsOf: Suite.folder.appending(path: "tests/\(draft)/\(name)"))
            for group in try #require(try JSONDocument.parse(Array(bytes)).root.elements) {
                let title = "\(name): \(group["description"]?.string ?? "")"
                let schema: Schema
                do {
                    schema = try Schema(try #require(group["schema"]), dialect: dialect, documents: Suite.documents)
                } catch {
                    Issue.record("\(title): \(error)")
                    continue
                }
                for test in try #require(group["tests"]?.elements) {
                    count += 1
                    let isValid = schema.verdict(on: try #require(test["data"])) == .valid
                    #expect(isValid == test["valid"]?.bool, "\(title): \(test["description"]?.string ?? "")")
                }
            }
        }
        #expect(count > least)
        print("\(draft): \(count) tests")
    }
}
