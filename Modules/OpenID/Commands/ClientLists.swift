public import ArgumentParser
import Cryptography
public import Extension
import Standards

/// `yiciban client list`.
public struct ListClients: KernelCommand {
    public static let configuration = CommandConfiguration(commandName: "list", abstract: "列出接入系统")

    @OptionGroup public var common: CommonOptions

    public init() {}

    public func run(in context: CommandContext) async throws {
        let clients = try await context.services(OpenIDService.self).clients()
        context.output.print(
            clients.isEmpty
                ? "没有接入系统。用 yiciban client add 登记。"
                : clients.map { "\($0.id)\t\($0.suspendedAt == nil ? "正常" : "已停用")\t\($0.name)" }
                    .joined(separator: "\n"),
            json: .array(clients.map(\.json)))
    }
}

/// `yiciban client show`.
public struct ShowClient: KernelCommand {
    public static let configuration = CommandConfiguration(commandName: "show", abstract: "查看一个接入系统，不显示密钥")

    @OptionGroup public var common: CommonOptions

    @Argument(help: "编号（client_id），见 client list")
    var client: String

    public init() {}

    public func run(in context: CommandContext) async throws {
        guard let client = try await context.services(OpenIDService.self).client(client) else {
            throw OpenIDError.noSuchClient
        }
        let audience: String =
            switch client.audience {
            case .person: "办事人"
            case .staff: "工作人员"
            case .all: "办事人和工作人员"
            }
        var lines = [
            "名称：\(client.name)", "编号：\(client.id)", "状态：\(client.suspendedAt == nil ? "正常" : "已停用")",
            "给谁用：\(audience)", "可以索取：\(client.scopes.text)", "人员编号的范围：\(client.sector)",
            "证明自己的方式：\(client.method.rawValue)", "签名算法：\(client.algorithm.rawValue)",
        ]
        lines += client.redirects.map { "登录后返回：\($0)" } + client.logoutRedirects.map { "退出后返回：\($0)" }
        if let backchannel = client.backchannel { lines.append("退出通知：\(backchannel)") }
        context.output.print(lines.joined(separator: "\n"), json: client.json)
    }
}

extension OpenIDClient {
    /// As scripts read it; without the secret's hash.
    var json: JSONValue {
        func texts(_ values: [String]) -> JSONValue { .array(values.map { .string($0) }) }
        return [
            "client_id": .string(id), "name": .string(name), "audience": .string(audience.rawValue),
            "scopes": texts(OpenIDScope.allCases.filter(scopes.contains).map(\.rawValue)), "sector": .string(sector),
            "redirects": texts(redirects), "logout_redirects": texts(logoutRedirects),
            "backchannel": backchannel.map { .string($0) } ?? .null, "method": .string(method.rawValue),
            "keys": texts(keys.map(\.id)), "algorithm": .string(algorithm.rawValue),
            "created_at": .string(createdAt.iso8601), "suspended": .bool(suspendedAt != nil),
        ]
    }
}
