import ArgumentParser
import Kernel
import PluginKit

/// Any error as the command line tells it.
struct Failure: Sendable, Equatable {
    let exit: ConsoleExit
    let code: String
    let message: String
    var findings: [Finding] = []

    /// Classifies an error of the system; nil for those of the argument parser.
    init?(_ error: any Error) {
        switch error {
        case let error as ConsoleError: self.init(.environment, error.code, error.message)
        case let error as KernelError: self.init(.environment, error.code.rawValue, error.message)
        case let error as BootFindings:
            self.init(.environment, "kernel.findings", "不能启动，请先改正以下 \(error.findings.count) 处。", error.findings)
        case let error as StorageError: self.init(error)
        case let error as StandardsError:
            self.init(
                .refused, error.code.rawValue, error.message,
                error.findings.map { Finding("", $0.code.rawValue, $0.message) })
        case let error as any ProblemConvertible: self.init(error.problem)
        case is DecodingError:
            self.init(
                .environment, "storage.damaged",
                "存着的一处内容读不出来，数据库可能损坏了。请停止服务，把现在的数据目录另存一份，再用最近的备份恢复（yiciban restore --help）。")
        case let finding as Finding: self.init(.refused, finding.code, finding.message)
        default: return nil
        }
    }

    private init(_ exit: ConsoleExit, _ code: String, _ message: String, _ findings: [Finding] = []) {
        self.exit = exit
        self.code = code
        self.message = message
        self.findings = findings
    }

    private init(_ problem: Problem) {
        self.init(problem.status >= 500 ? .environment : .refused, problem.code, problem.detail, problem.findings)
    }

    private init(_ error: StorageError) {
        let isRefusal: Set<StorageError.Code> = [
            .uniqueViolation, .foreignKey, .checkViolation, .conflict, .nulCharacter, .staleVersion, .blobRefused,
            .identifier,
        ]
        self.init(isRefusal.contains(error.code) ? .refused : .environment, error.code.rawValue, error.message)
    }

    /// A wrong command line.
    static func usage(_ message: String) -> Failure { Failure(.usage, "usage", message) }

    /// A fault of ours.
    static func unexpected(_ error: any Error) -> Failure {
        Failure(.environment, "internal", "程序出错，请把这一行连同所用的命令报告给维护者：\(error)")
    }

    /// What people read: one line, and one for each finding.
    var text: String {
        (["错误：\(message)"] + findings.map { $0.field.isEmpty ? "  - \($0.message)" : "  - \($0.field)：\($0.message)" })
            .joined(separator: "\n")
    }

    /// What scripts read.
    var json: JSONValue {
        [
            "error": [
                "code": .string(code), "message": .string(message),
                "findings": .array(
                    findings.map {
                        ["field": .string($0.field), "code": .string($0.code), "message": .string($0.message)]
                    }),
            ]
        ]
    }
}
