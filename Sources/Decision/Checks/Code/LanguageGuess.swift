import CodeParsing

extension BlockLanguage {
    /// The language of code that names none, from how its lines begin; nil where that leaves doubt.
    init?(guessedFrom text: [UInt8]) {
        var points: [BlockLanguage: Int] = [:]
        for line in CodeBlock.lines(of: text).prefix(80) {
            let code = text[line].trimmed
            guard code.count < 400 else { continue }
            for sign in Self.signs
            where code.starts(with: sign.start) && (sign.end.isEmpty || code.ends(with: sign.end)) {
                points[sign.language, default: 0] += sign.points
            }
        }
        let ranked = points.sorted { $0.value > $1.value }
        guard let first = ranked.first, first.value >= 2, first.value >= 2 * (ranked.dropFirst().first?.value ?? 0)
        else { return nil }
        self = first.key
    }

    private struct Sign {
        let start: [UInt8]
        let end: [UInt8]
        let language: BlockLanguage
        let points: Int
    }

    private static func sign(
        _ start: String, ending end: String = "", _ language: BlockLanguage, _ points: Int = 2
    ) -> Sign {
        Sign(start: Array(start.utf8), end: Array(end.utf8), language: language, points: points)
    }

    /// How lines begin and end that stand in one language only; with a single point, those that need another beside them.
    private static let signs: [Sign] = [
        sign("def ", ending: ":", .program(.python)), sign("class ", ending: ":", .program(.python)),
        sign("async def ", ending: ":", .program(.python)), sign("elif ", ending: ":", .program(.python)),
        sign("for ", ending: ":", .program(.python), 1), sign("if ", ending: ":", .program(.python), 1),
        sign("else:", .program(.python), 1), sign("import ", .program(.python), 1),
        sign("print(", ending: ")", .program(.python), 1), sign("assert ", .program(.python), 1),
        sign("function ", ending: "{", .program(.javascript)), sign("const ", ending: ";", .program(.javascript), 1),
        sign("console.log(", .program(.javascript)), sign("module.exports", .program(.javascript)),
        sign("func ", ending: "{", .program(.go), 1), sign("package main", .program(.go)), sign("fmt.", .program(.go)),
        sign("public class ", ending: "{", .program(.java)), sign("public static ", ending: "{", .program(.java)),
        sign("System.out.", .program(.java)), sign("import java.", .program(.java)),
        sign("fn ", ending: "{", .program(.rust)), sign("let mut ", .program(.rust)), sign("println!", .program(.rust)),
        sign("<?php", .program(.php)), sign("#!/bin/bash", .program(.bash)), sign("#!/bin/sh", .program(.bash)),
        sign("SELECT ", .sql(isPostgres: false)), sign("CREATE TABLE ", .sql(isPostgres: false)),
        sign("INSERT INTO ", .sql(isPostgres: false)),
    ]
}

extension ArraySlice<UInt8> {
    fileprivate func ends(with end: [UInt8]) -> Bool { count >= end.count && suffix(end.count).elementsEqual(end) }
}
