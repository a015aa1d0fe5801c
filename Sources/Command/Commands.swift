internal import Arguments

extension Program {
    /// The program and its commands, in the order in which help lists them: one line for each, one file for each.
    static let farthing: Program = Program(
        name: "farthing",
        summary: "Farthing answers each prompt with the cheapest model that will get it right.",
        version: "0.1.0",
        commands: [
            .serve,
            .check,
            .explain,
            .train,
            .outcomes,
            .types,
            .score,
            .verify,
            .evaluate,
            .replay,
            .certify,
            .certificate,
            .report,
            .review,
            .models,
            .rehearse,
            .completions,
            .version,
        ])
}

extension Option {
    static let config = Option.value(
        "config", "FILE", "The configuration; without it ./farthing.yaml if there is one.",
        environment: "FARTHING_CONFIG")
    static let listen = Option.value(
        "listen", "HOST:PORT", "Where to listen; port 0 takes a free one.", environment: "FARTHING_LISTEN")
    static let data = Option.value("data", "DIR", "The data folder.", environment: "FARTHING_DATA")
    static let json = Option.flag("json", "Prints JSON.")
}
