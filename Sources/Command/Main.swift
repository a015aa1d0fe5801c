internal import Arguments
internal import Glibc
internal import Settings

@main
enum Main {
    static func main() async {
        let arguments = Array(CommandLine.arguments.dropFirst())
        exit(await Program.farthing.main(arguments, environment: ProcessEnvironment.copy()))
    }
}
