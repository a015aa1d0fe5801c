internal import Arguments

extension Subcommand {
    static let version: Subcommand = Subcommand("version", summary: "Prints the version.") { _ in
        print("\(Program.farthing.name) \(Program.farthing.version)")
    }
}
