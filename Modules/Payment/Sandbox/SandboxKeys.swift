import Cryptography
import Foundation
import Standards

/// The keys of a rehearsal, kept in a folder of their own so that gateway and deployment find the same ones again.
struct SandboxKeys {
    let merchantKey: RSASHA256.PrivateKey
    let gatewayKey: RSASHA256.PrivateKey
    let secret: String

    /// Opens the folder's keys, or makes them the first time; nobody else on the machine may read them.
    init(folder: String) throws {
        let files = FileManager.default
        try files.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        func kept(_ name: String, _ make: () throws -> String) throws -> String {
            let path = "\(folder)/\(name)"
            if let text = try? String(contentsOfFile: path, encoding: .utf8) { return text }
            let text = try make()
            guard
                files.createFile(
                    atPath: path, contents: Data(text.utf8), attributes: [.posixPermissions: 0o600])
            else { throw PaymentError.sandboxFolder(folder) }
            return text
        }
        merchantKey = try RSASHA256.PrivateKey(
            pem: try kept("merchant-key.pem") { try RSASHA256.PrivateKey.generate().pem() })
        gatewayKey = try RSASHA256.PrivateKey(
            pem: try kept("gateway-key.pem") { try RSASHA256.PrivateKey.generate().pem() })
        secret = try kept("apiv3-secret.txt") { Hex.encode(SecureRandom.bytes(16)) }
    }

    func settings(address: String) -> SandboxSettings {
        SandboxSettings(
            address: address, secret: Array(secret.utf8), merchantKey: merchantKey.publicKey, gatewayKey: gatewayKey)
    }

    /// What goes into `settings.yaml` of the deployment that rehearses.
    func yaml(_ settings: SandboxSettings, site: String) throws -> String {
        func block(_ pem: String, indent: Int) -> String {
            let space = String(repeating: " ", count: indent)
            return "|\n" + pem.split(separator: "\n").map { "\(space)\($0)\n" }.joined()
        }
        let (own, theirs) = (try merchantKey.pem(), try gatewayKey.publicKey.pem())
        return """
            payment:
              address: \(site)
              wechat:
                url: \(settings.address)
                appID: \(settings.appID)
                merchant: "\(settings.merchant)"
                serial: \(settings.serial)
                secret: "\(secret)"
                gatewayKeyID: \(settings.gatewayKeyID)
                key: \(block(own, indent: 6))    gatewayKey: \(block(theirs, indent: 6))  alipay:
                url: \(settings.address)/gateway.do
                appID: "\(settings.alipayAppID)"
                seller: "\(settings.seller)"
                key: \(block(own, indent: 6))    gatewayKey: \(block(theirs, indent: 6))
            """
    }
}

extension PaymentError {
    static func sandboxFolder(_ folder: String) -> PaymentError {
        PaymentError(.invalid, status: 500, "密钥目录不能写", "写不进 \(folder)，请检查目录的权限，或用 --keys 换一个目录。")
    }
}
