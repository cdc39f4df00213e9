public import ArgumentParser
import Cryptography
public import Extension
import Foundation
import Standards
import Storage

/// `yiciban ca …`
public struct AuthorityArea: ParsableCommand {
    public static let configuration = CommandConfiguration(
        commandName: "ca", abstract: "自建证书机构：根证书、签发、吊销、导入",
        subcommands: [
            FoundAuthority.self, ListCertificates.self, IssueCertificate.self, RevokeCertificate.self,
            MakeRevocationList.self, ImportCertificates.self,
        ])

    public init() {}

    /// What only who operates the system may do.
    static func operatorOnly(_ act: Act) throws {
        guard act.actor.kind == .system else { throw Problem.forbidden }
    }

    /// A passphrase from the first line of a file, so that it stands in no list of processes.
    static func passphrase(_ path: String?) throws -> String? {
        try path.map { path in
            let bytes = try LocalFile.read(path, limit: 4096)
            let line =
                String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
            guard line.count >= 8 else { throw SealError(.invalid, "\(path) 的第一行应是口令，不少于 8 个字符。") }
            return line
        }
    }
}

/// `yiciban ca init`
public struct FoundAuthority: KernelCommand {
    public static let configuration = CommandConfiguration(
        commandName: "init", abstract: "建立自建的证书机构",
        discussion: "生成根证书、签发机构、制章人证书和 PDF 签名证书。根证书不在 trust/ 目录里时，所盖的印章只供演练。")

    @OptionGroup public var common: CommonOptions

    @Option(name: .long, help: "机构名称，写进每一张证书")
    var name: String

    @Option(name: .long, help: "根密钥的口令文件（第一行），不写则只由主密钥保护")
    var passphraseFile: String?

    @Option(name: .long, help: "把根证书存到这里（PEM）")
    var save: String?

    public init() {}

    public func run(in context: CommandContext) async throws {
        let service = try context.services(ESealService.self)
        let act = try await context.act(common.account)
        try AuthorityArea.operatorOnly(act)
        let root = try await service.authority.found(
            name, passphrase: try AuthorityArea.passphrase(passphraseFile), by: act)
        if let save { try LocalFile.write(Array(root.certificate.pem.utf8), to: save) }
        context.output.print(
            "证书机构已建立，根证书编号 \(root.id.prefix(16))，有效至 \(Instant(milliseconds: root.certificate.notAfter).day.chineseDate)。",
            json: .object(["root": .string(root.id), "pem": .string(root.certificate.pem)]))
    }
}

/// `yiciban ca list`
public struct ListCertificates: KernelCommand {
    public static let configuration = CommandConfiguration(commandName: "list", abstract: "列出证书")

    @OptionGroup public var common: CommonOptions

    @Flag(name: .long, help: "同时输出证书（PEM）")
    var pem = false

    public init() {}

    public func run(in context: CommandContext) async throws {
        let service = try context.services(ESealService.self)
        try AuthorityArea.operatorOnly(try await context.act(common.account))
        let all = try await service.database.read { try service.authority.certificates(in: $0) }
        let text = all.map { stored in
            let end = Instant(milliseconds: stored.certificate.notAfter).day.chineseDate
            let state = stored.revokedAt.map { "已于 \($0.day.chineseDate) 吊销" } ?? "有效至 \(end)"
            return "\(stored.id.prefix(16))  \(stored.role.title)  \(stored.certificate.subject)  \(state)"
                + (pem ? "\n\(stored.certificate.pem)" : "")
        }
        context.output.print(
            all.isEmpty ? "还没有证书。要建立自己的证书机构，请用 yiciban ca init。" : text.joined(separator: "\n"),
            json: .array(
                all.map { stored in
                    .object([
                        "id": .string(stored.id), "role": .string(stored.role.rawValue),
                        "subject": .string(stored.certificate.subject.description),
                        "not_after": .string(Instant(milliseconds: stored.certificate.notAfter).description),
                        "revoked_at": stored.revokedAt.map { .string($0.description) } ?? .null,
                        "pem": .string(stored.certificate.pem),
                    ])
                }))
    }
}

/// `yiciban ca issue`
public struct IssueCertificate: KernelCommand {
    public static let configuration = CommandConfiguration(
        commandName: "issue", abstract: "签发制章人或签章人证书", discussion: "制作印章时会自动签发签章人证书；平时只在更换制章人证书时用到。")

    @OptionGroup public var common: CommonOptions

    @Option(name: .long, help: "用途：maker（制章人）或 signer（签章人）")
    var role: String

    @Option(name: .long, help: "证书的名称")
    var name: String

    @Option(name: .long, help: "单位名称；不写则与名称相同")
    var organisation: String?

    @Option(name: .long, help: "有效多少天")
    var days = 1095

    public init() {}

    public func validate() throws {
        guard ["maker", "signer"].contains(role) else { throw ValidationError("--role 应是 maker 或 signer。") }
        guard (1...3650).contains(days) else { throw ValidationError("--days 应在 1 到 3650 之间。") }
        guard (1...64).contains(name.count) else { throw ValidationError("--name 应有 1 到 64 个字。") }
    }

    public func run(in context: CommandContext) async throws {
        let service = try context.services(ESealService.self)
        let act = try await context.act(common.account)
        try AuthorityArea.operatorOnly(act)
        let stored = try await service.authority.issue(
            CertificateRole(rawValue: role) ?? .signer,
            to: DistinguishedName(commonName: name, organization: organisation ?? name), days: days, by: act)
        context.output.print(
            "已签发，证书编号 \(stored.id.prefix(16))。",
            json: .object(["id": .string(stored.id), "pem": .string(stored.certificate.pem)]))
    }
}

/// `yiciban ca revoke ID`
public struct RevokeCertificate: KernelCommand {
    public static let configuration = CommandConfiguration(commandName: "revoke", abstract: "吊销证书，并发布新的吊销列表")

    @OptionGroup public var common: CommonOptions

    @Argument(help: "证书编号，至少前 8 位")
    var id: String

    @Option(name: .long, help: "签发机构密钥的口令文件（吊销签发机构证书时用根密钥的口令）")
    var passphraseFile: String?

    @Flag(name: .long, help: "确认吊销")
    var yes = false

    public init() {}

    public func validate() throws {
        guard yes else { throw ValidationError("吊销后不能恢复，用它签的文件此后不再被信任。确认要吊销的，请加上 --yes。") }
    }

    public func run(in context: CommandContext) async throws {
        let service = try context.services(ESealService.self)
        let act = try await context.act(common.account)
        try AuthorityArea.operatorOnly(act)
        let stored = try await service.authority.revoke(
            id, passphrase: try AuthorityArea.passphrase(passphraseFile), by: act)
        context.output.print(
            "已吊销 \(stored.certificate.subject)。", json: .object(["id": .string(stored.id)]))
    }
}

/// `yiciban ca crl`
public struct MakeRevocationList: KernelCommand {
    public static let configuration = CommandConfiguration(commandName: "crl", abstract: "发布新的吊销列表")

    @OptionGroup public var common: CommonOptions

    @Option(name: .long, help: "存到这里（PEM）")
    var save: String?

    public init() {}

    public func run(in context: CommandContext) async throws {
        let service = try context.services(ESealService.self)
        let act = try await context.act(common.account)
        try AuthorityArea.operatorOnly(act)
        let list = try await service.authority.renewList(by: act)
        if let save { try LocalFile.write(Array(list.pem.utf8), to: save) }
        context.output.print(
            "吊销列表已更新，列有 \(list.entries.count) 张证书，请在 \(Instant(milliseconds: list.nextAt ?? 0).day.chineseDate) 之前再次更新（服务运行时会自动更新）。",
            json: .object(["pem": .string(list.pem), "count": .integer(Int64(list.entries.count))]))
    }
}

/// `yiciban ca import FILE`
public struct ImportCertificates: KernelCommand {
    public static let configuration = CommandConfiguration(
        commandName: "import", abstract: "导入别的签发机构的证书",
        discussion: "导入的证书只用来补齐证书链，不会因此被信任。要信任一个根证书，请把它放进数据目录的 trust/ 下，再重新启动服务。")

    @OptionGroup public var common: CommonOptions

    @Argument(help: "证书文件（PEM，可含多张）")
    var file: String

    public init() {}

    public func run(in context: CommandContext) async throws {
        let service = try context.services(ESealService.self)
        let act = try await context.act(common.account)
        try AuthorityArea.operatorOnly(act)
        let count = try await service.authority.importCertificates(try CertificateFile.all(file), by: act)
        context.output.print("导入了 \(count) 张新证书。", json: .object(["imported": .integer(Int64(count))]))
    }
}
