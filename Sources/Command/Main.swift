internal import Arguments
internal import CLinux
internal import Glibc
internal import Settings

@main
enum Main {
    static func main() async {
        clinux_return_large_blocks()
        let arguments = Array(CommandLine.arguments.dropFirst())
        exit(await Program.farthing.main(arguments, environment: ProcessEnvironment.copy()))
    }
}
