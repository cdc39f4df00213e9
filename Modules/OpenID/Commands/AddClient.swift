public import ArgumentParser
import Cryptography
public import Extension
import Foundation

/// `yiciban client add`.
public struct AddClient: KernelCommand {
    public static let configuration = CommandConfiguration(
        commandName: "add", abstract: "登记一个接入系统",
        discussion: "没有给公钥的，由系统生成密钥，只显示这一次。返回的网址登录时逐字比对，不能用通配符。")

    @OptionGroup public var common: CommonOptions

    @Argument(help: "名称，办事人在授权页上会看到，例如 医保网上服务大厅")
    var name: String

    @Option(name: .long, help: "登录后返回的网址，可以写多次")
    var redirect: [String] = []

    @Option(name: .customLong("logout-redirect"), help: "退出后返回的网址，可以写多次")
    var logoutRedirect: [String] = []

    @Option(name: .long, help: "接收退出通知的网址")
    var backchannel: String?

    @Option(name: .long, help: "可以索取的信息，可以写多次：profile、phone、id_number、staff；不写是 profile")
    var scope: [String] = []

    @Option(name: .customLong("for"), help: "给谁用：person 办事人，staff 工作人员，all 都可以")
    var audience = OpenIDClient.Audience.person.rawValue

    @Option(name: .long, help: "同一部门的几个系统共用一个名称时，它们得到的人员编号相同")
    var sector: String?

    @Option(name: .long, help: "对方公钥的文件（JWK 或 JWK Set）；给了公钥就不用密钥")
    var jwks: String?

    @Option(name: .long, help: "身份令牌的签名算法：RS256 或 ES256")
    var algorithm = JOSE.Algorithm.rs256.rawValue

    public init() {}

    public func run(in context: CommandContext) async throws {
        let service = try context.services(OpenIDService.self)
        let act = try await context.act(common.account)
        let (client, secret) = try await service.addClient(try draft(), by: act)
        var lines = ["已登记接入系统“\(client.name)”。", "编号（client_id）：\(client.id)"]
        if let secret { lines.append("密钥（client_secret，只显示这一次）：\(secret)") }
        lines.append("对方只需要这个网址：\(service.issuer)/.well-known/openid-configuration")
        var json: [String: JSONValue] = ["client_id": .string(client.id), "issuer": .string(service.issuer)]
        json["client_secret"] = secret.map { .string($0) }
        context.output.print(lines.joined(separator: "\n"), json: .object(json))
    }

    private func draft() throws -> ClientDraft {
        var draft = ClientDraft()
        draft.name = name
        draft.redirects = redirect
        draft.logoutRedirects = logoutRedirect
        draft.backchannel = backchannel
        draft.sector = sector
        guard let audience = OpenIDClient.Audience(rawValue: audience) else {
            throw ValidationError("--for 只能写 person、staff 或 all。")
        }
        draft.audience = audience
        guard let algorithm = JOSE.Algorithm(rawValue: algorithm) else {
            throw ValidationError("--algorithm 只能写 RS256 或 ES256。")
        }
        draft.algorithm = algorithm
        if !scope.isEmpty {
            draft.scopes = try Set(
                scope.map { name in
                    guard let scope = OpenIDScope(rawValue: name) else {
                        let known = OpenIDScope.allCases.map(\.rawValue).joined(separator: "、")
                        let hint =
                            nearest(to: name, among: OpenIDScope.allCases.map(\.rawValue)).map { "，是否想写 \($0)" } ?? ""
                        throw ValidationError("没有 \(name) 这一项信息\(hint)。可以写：\(known)。")
                    }
                    return scope
                })
        }
        if let jwks {
            guard let text = try? String(contentsOfFile: jwks, encoding: .utf8) else {
                throw ValidationError("读不到公钥文件 \(jwks)，请核对路径和权限。")
            }
            do { draft.keys = try JSONWebKey.set(text) } catch let finding as Finding {
                throw ValidationError(finding.message)
            }
        }
        return draft
    }
}
