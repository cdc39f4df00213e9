public import ArgumentParser

/// A command of the combined command line that needs the booted system.
///
/// `run(in:)` is called by the console after the kernel has booted with the deployment that `--data` names.
///
/// A group of commands (an area such as `yiciban account …`) is an ordinary `ParsableCommand` with subcommands.
public protocol KernelCommand: AsyncParsableCommand {
    /// Where, as whom and how to print; declared as `@OptionGroup public var common: CommonOptions`.
    var common: CommonOptions { get }

    /// Does the work.
    func run(in context: CommandContext) async throws
}

extension KernelCommand {
    /// Never called: the console runs ``run(in:)`` with a booted system.
    public mutating func run() async throws { throw CleanExit.helpRequest(self) }
}

/// What a command may use.
public struct CommandContext: Sendable {
    /// The services by their type.
    public let services: ServiceDirectory
    /// Where and how to print.
    public let output: CommandOutput
    /// Makes an act: as the system, or as the account that `--as` names, for the enterprise that `--enterprise` names.
    public let act: @Sendable (_ account: String?) async throws -> Act

    public init(
        services: ServiceDirectory, output: CommandOutput, act: @escaping @Sendable (String?) async throws -> Act
    ) {
        self.services = services
        self.output = output
        self.act = act
    }
}

/// Prints what a command found: as text for people, or as JSON for scripts (`--json`).
public struct CommandOutput: Sendable {
    public let isJSON: Bool
    private let sink: @Sendable (String) -> Void

    public init(isJSON: Bool, sink: @escaping @Sendable (String) -> Void) {
        self.isJSON = isJSON
        self.sink = sink
    }

    /// Prints a result: `json` for scripts, `text` for people.
    public func print(_ text: @autoclosure () -> String, json: @autoclosure () -> JSONValue) {
        sink(isJSON ? json().canonical : text())
    }
}

/// The options of a command that needs no deployment: the same words as every other command takes.
public struct StandaloneOptions: ParsableArguments {
    @Option(name: .long, help: "可以照常写上，但这条命令不需要部署，不会用到")
    public var data: String?

    @Flag(name: .long, help: "以 JSON 输出，便于脚本使用")
    public var json = false

    public init() {}
}

/// The options that every command takes.
public struct CommonOptions: ParsableArguments {
    @Option(name: .long, help: "数据目录")
    public var data: String = "data"

    @Flag(name: .long, help: "以 JSON 输出，便于脚本使用")
    public var json = false

    @Option(name: .customLong("as"), help: "以哪个账号的身份办理；不写则以系统管理员身份")
    public var account: String?

    @Option(name: .long, help: "代哪家企业办理：企业名称或统一社会信用代码；与 --as 一起写，凭该账号本人的有效授权")
    public var enterprise: String?

    @Option(name: .long, help: "账号有几个岗位时，以哪个岗位办理：岗位编号，见 account posts")
    public var post: String?

    public init() {}

    public func validate() throws {
        if enterprise != nil, account == nil {
            throw ValidationError("写了 --enterprise，还要用 --as 写明由哪个账号代办，例如 --as helijuan。")
        }
        if post != nil, account == nil { throw ValidationError("--post 要和 --as 一起写：先写明是哪个账号。") }
    }
}
