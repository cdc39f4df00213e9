/// How a command ended, for scripts.
enum ConsoleExit: Int32, Sendable {
    case success = 0
    /// The operation was refused or found something.
    case refused = 1
    /// The command line is wrong.
    case usage = 2
    /// The deployment or its surroundings are not in order: folder, settings, keys, database, port.
    case environment = 3
}
