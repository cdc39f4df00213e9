import ArgumentParser
import Foundation
import PluginKit

/// Tells the user how a command ended, and the shell by exit code.
struct FailureReport {
    private let error: any Error
    private let root: any ParsableCommand.Type
    private let arguments: [String]

    init(_ error: any Error, in root: any ParsableCommand.Type, arguments: [String]) {
        self.error = error
        self.root = root
        self.arguments = arguments
    }

    /// Prints what is to be said and gives the exit code.
    func tell() -> Int32 {
        if let code = error as? ExitCode { return code.rawValue }
        if let failure = Failure(error) { return tell(failure) }
        let exitCode = root.exitCode(for: error)
        if exitCode == .success {
            let text = root.fullMessage(for: error)
            // A completion script is for the shell, not for people.
            print(arguments.contains { $0.hasPrefix("--generate-completion") } ? text : ChineseHelp.help(text))
            return ConsoleExit.success.rawValue
        }
        if exitCode == .validationFailure { return tell(.usage(ChineseHelp.message(root.message(for: error)))) }
        return tell(.unexpected(error))
    }

    private func tell(_ failure: Failure) -> Int32 {
        if arguments.contains("--json") {
            print(failure.json.canonical)
        } else {
            let hint = failure.exit == .usage ? "\n用 --help 查看说明。" : ""
            FileHandle.standardError.write(Data("\(failure.text)\(hint)\n".utf8))
        }
        return failure.exit.rawValue
    }
}
