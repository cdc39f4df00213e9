public import Extension

/// Why an exchange can't go the way that was asked.
public struct ExchangeError: ProblemConvertible, Sendable, Equatable, CustomStringConvertible {
    /// A stable code such as `exchange.batch_not_found`.
    public let code: String
    public let status: Int
    /// A short title in Chinese.
    public let title: String
    /// What happened and what to do.
    public let message: String
    public let findings: [Finding]

    init(code: String, status: Int, title: String, message: String, findings: [Finding] = []) {
        self.code = code
        self.status = status
        self.title = title
        self.message = message
        self.findings = findings
    }

    public var problem: Problem { Problem(status, code, title, message, findings: findings) }

    public var description: String {
        "\(message)[\(code)]" + findings.map { "\n  - \($0.field)：\($0.message)" }.joined()
    }
}

extension ExchangeError {
    static func faultySchema(_ findings: [Finding]) -> ExchangeError {
        ExchangeError(
            code: "exchange.schema", status: 500, title: "交换表结构有误",
            message: "交换表的结构文件有 \(findings.count) 处错误，改正后才能导出。", findings: findings)
    }

    static func batchNotFound(_ number: String) -> ExchangeError {
        ExchangeError(
            code: "exchange.batch_not_found", status: 404, title: "没有找到",
            message: "没有批次号为 \(number) 的交换批次，请用 yiciban exchange batches 核对。")
    }

    static func unfinished(_ number: String, period: String) -> ExchangeError {
        ExchangeError(
            code: "exchange.unfinished", status: 409, title: "有一个批次没有做完",
            message: "批次 \(number)（\(period)）没有做完。请先不写 --from、--to 再执行一次，它会接着做完。")
    }

    static let taken = ExchangeError(
        code: "exchange.taken", status: 409, title: "正在导出", message: "另一个程序正在导出同一个批次，请等它做完再试。")

    static let cleared = ExchangeError(
        code: "exchange.cleared", status: 410, title: "内容已清除",
        message: "这个批次的内容已经过了保存期，只留下件数和校验记录。需要的话，请让接收方按行唯一标识核对。")

    static func file(_ message: String) -> ExchangeError {
        ExchangeError(code: "exchange.file", status: 422, title: "文件处理不了", message: message)
    }

    /// A batch is made, and its files could not be written.
    static func unsaved(_ number: String, rows: Int, because error: any Error) -> ExchangeError {
        let cause = (error as? ExchangeError)?.message ?? (error as? Problem)?.detail ?? "文件没有写成。"
        return ExchangeError(
            code: "exchange.unsaved", status: 500, title: "批次已做好，文件没有写成",
            message:
                "批次 \(number)（\(rows) 行）已经做好，留在系统里，没有丢；\(cause)腾出空间或换个目录后，请用 yiciban exchange save \(number) --output 目录 取出，再上报。"
        )
    }

    static func period(_ message: String) -> ExchangeError {
        ExchangeError(
            code: "input.invalid", status: 422, title: "时段不对", message: message,
            findings: [Finding("from", "exchange.period", message)])
    }
}
