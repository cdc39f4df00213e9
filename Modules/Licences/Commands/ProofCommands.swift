public import ArgumentParser
import Cryptography
public import Extension
import Foundation
import Standards
import Storage

/// `yiciban licence prove ID --show 持证主体 --days 7 --as 持证人`
public struct ProveLicence: KernelCommand {
    public static let configuration = CommandConfiguration(
        commandName: "prove", abstract: "出具离线凭证：没有网络也能核验的二维码的内容")

    @OptionGroup public var common: CommonOptions

    @Argument(help: "证照的系统编号")
    var id: String

    @Option(name: .long, help: "出示哪一项内容，可写多次")
    var show: [String] = []

    @Option(name: .long, help: "可以用几天（1 到 30）")
    var days = 7

    public init() {}

    public func run(in context: CommandContext) async throws {
        let service = try context.services(LicenceService.self)
        let (id, labels, days) = (try Identifier(id), show, days)
        let act = try await context.act(common.account)
        let proof = try await service.database.write {
            try service.prove(id, labels: labels, days: days, by: act, in: $0)
        }
        let json = try JSONParser.parse(ProofView(proof).json)
        context.output.print("\(proof.text)\n用到 \(proof.content.expires.chinaTime)", json: json)
    }
}

/// `yiciban licence lists --folder 目录`
public struct SaveProofLists: KernelCommand {
    public static let configuration = CommandConfiguration(
        commandName: "lists", abstract: "写出公钥清单和失效清单，供没有网络的地方核验离线凭证")

    @OptionGroup public var common: CommonOptions

    @Option(name: .long, help: "写到哪个目录")
    var folder = "."

    public init() {}

    public func run(in context: CommandContext) async throws {
        let service = try context.services(LicenceService.self)
        let act = try await context.act(common.account)
        let list = try await service.proofRevocations(at: act.now)
        try Data(service.proofKeys.json).write(
            to: URL(fileURLWithPath: "\(folder)/licence-keys.json"), options: .atomic)
        try Data(list.json).write(to: URL(fileURLWithPath: "\(folder)/licence-revocations.json"), options: .atomic)
        context.output.print(
            "已写出 \(folder)/licence-keys.json 和 \(folder)/licence-revocations.json，失效的证照 \(list.references.count) 份。",
            json: .object(["revoked": .integer(Int64(list.references.count))]))
    }
}

/// `yiciban licence check CODE --keys FILE`: needs neither a deployment nor a network.
public struct CheckProof: AsyncParsableCommand {
    public static let configuration = CommandConfiguration(
        commandName: "check", abstract: "核验离线凭证，不用联网",
        discussion: "退出码：0 可以采信，1 不能采信，2 命令写法有误，3 清单读不出来。没有写 --revocations 的，看不出后来的暂扣、注销。")

    @Argument(help: "扫到的内容；写 - 从标准输入读")
    var code: String

    @Option(name: .long, help: "公钥清单")
    var keys: String

    @Option(name: .long, help: "失效清单")
    var revocations: String?

    @Flag(name: .long, help: "以 JSON 输出，便于脚本使用")
    var json = false

    public init() {}

    public func run() async throws {
        let text = code == "-" ? readLine(strippingNewline: true) ?? "" : code
        let keys = try ProofKeys(json: try JSONParser.parse(try Self.read(keys)))
        let list = try revocations.map { try ProofRevocations(json: try JSONParser.parse(try Self.read($0))) }
        let now = Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
        let reading = try OfflineProofVerifier(keys: keys, revocations: list).verify(text, at: now)
        print(json ? String(decoding: reading.json, as: UTF8.self) : Self.text(reading))
        if !reading.isValid { throw ExitCode(1) }
    }

    private static func read(_ path: String) throws -> [UInt8] {
        guard let handle = FileHandle(forReadingAtPath: path),
            let data = try? handle.read(upToCount: (8 << 20) + 1), data.count <= 8 << 20
        else { throw LicenceError(.unreadable, "读不到文件 \(path)，或者它是空的、超过 8 MB。请核对路径。") }
        return Array(data)
    }

    private static func text(_ reading: ProofReading) -> String {
        var lines = [reading.isValid ? "可以采信" : "不能采信"]
        lines += reading.findings.map { "  \($0.message)（\($0.code)）" }
        if !reading.title.isEmpty {
            lines += [
                "", reading.title, "颁发机构　\(reading.issuer)",
                "有效期至　\(reading.validUntil?.chineseDate ?? "长期有效")",
            ]
            lines += reading.fields.map { "\($0.label)　\($0.value)" } + reading.notes
        }
        return lines.joined(separator: "\n")
    }
}
