import Foundation

/// Outside programs that run to their end.
enum Shell {
    /// What a program prints.
    ///
    /// - Throws: ``BenchError`` when it is missing or fails.
    static func output(_ program: String, _ arguments: String...) throws -> String {
        try output(of: URL(fileURLWithPath: "/usr/bin/env"), [program] + arguments)
    }

    /// What a program at a path prints.
    static func output(of program: URL, _ arguments: [String]) throws -> String {
        let process = Process()
        process.executableURL = program
        process.arguments = arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        let text = String(decoding: data, as: UTF8.self)
        guard process.terminationStatus == 0 else { throw BenchError("\(program.path) \(arguments) 没有成功：\(text)") }
        return text
    }

    /// Whether a program is there.
    static func has(_ program: String) -> Bool { (try? output("which", program)) != nil }
}
