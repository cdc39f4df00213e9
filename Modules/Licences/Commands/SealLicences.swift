public import ArgumentParser
public import Extension
import Foundation
import Standards
import Storage

/// `yiciban licence seal`
public struct SealLicences: KernelCommand {
    public static let configuration = CommandConfiguration(
        commandName: "seal", abstract: "为还没有盖章的证照补盖印章",
        discussion: """
            证照签发后会自动盖章。启用印章之前签发的，或盖章没有成功的，用这条命令补盖。
            中断后再执行一次，会从没有盖的接着盖。有证照没有盖成时，退出码为 1。
            """)

    @OptionGroup public var common: CommonOptions

    @Option(name: .long, help: "最多盖几份")
    var limit: Int?

    public init() {}

    public func validate() throws {
        if let limit, limit < 1 { throw ValidationError("--limit 应不小于 1。") }
    }

    public func run(in context: CommandContext) async throws {
        let service = try context.services(LicenceService.self)
        guard try await context.act(common.account).actor.kind == .system else { throw Problem.forbidden }
        let account = common.account
        let start = ContinuousClock.now
        let batch = try await service.sealAll(limit: limit ?? .max, act: { try await context.act(account) }) {
            guard $0.count.isMultiple(of: 100), !context.output.isJSON else { return }
            let seconds = Double((ContinuousClock.now - start).components.seconds)
            let rate = seconds > 0 ? "，每秒 \(Int(Double($0.count) / seconds)) 份" : ""
            FileHandle.standardError.write(Data("已处理 \($0.count) 份，盖章 \($0.sealed) 份\(rate)\n".utf8))
        }
        context.output.print(
            Self.text(batch),
            json: .object([
                "sealed": .integer(Int64(batch.sealed)), "without_seal": .integer(Int64(batch.withoutSeal)),
                "failures": .array(
                    batch.failures.map {
                        .object(["licence": .string($0.licence.text), "message": .string($0.message)])
                    }),
            ]))
        if !batch.failures.isEmpty { throw ExitCode(1) }
    }

    private static func text(_ batch: LicenceBatch) -> String {
        var lines = ["盖章 \(batch.sealed) 份。"]
        if batch.withoutSeal > 0 { lines.append("\(batch.withoutSeal) 份的颁发机构还没有启用印章，请先用 yiciban seal apply 申请。") }
        lines += batch.failures.prefix(50).map { "\($0.licence)　没有盖成：\($0.message)" }
        if batch.failures.count > 50 { lines.append("另有 \(batch.failures.count - 50) 份没有盖成。") }
        return lines.joined(separator: "\n")
    }
}
