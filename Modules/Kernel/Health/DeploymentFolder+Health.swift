import Cryptography
import Foundation
import PluginKit

extension DeploymentFolder {
    /// Whether there is room to go on writing.
    func diskHealth() throws -> Health {
        let values = try FileManager.default.attributesOfFileSystem(forPath: path)
        guard let free = (values[.systemFreeSize] as? NSNumber)?.int64Value,
            let size = (values[.systemSize] as? NSNumber)?.int64Value, size > 0
        else { return .warning("看不到 \(path) 所在磁盘的余量", remedy: "请用 df -h \(path) 自行查看。") }
        let text = "\(path) 所在磁盘还剩 \(free >> 20) MB，占 \(free * 100 / size)%"
        let remedy = "请清理磁盘或扩容；写满后不能受理和办理，已办的不会丢。"
        if free < 200 << 20 { return .fault(text, remedy: remedy) }
        return free < 2 << 30 || free * 20 < size ? .warning(text, remedy: remedy) : .sound(text)
    }

    /// Whether the passwords of the synthetic accounts lie here.
    var isSample: Bool { FileManager.default.fileExists(atPath: sampleAccountsPath) }

    /// Whether a sample is on its way to be used in earnest: it is served with the settings of a real site.
    func sampleHealth(_ http: HTTPSettings) -> Health {
        let text = "这是示例部署，合成账号的密码在 \(sampleAccountsPath)"
        if !http.secureCookies { return .sound("\(text)；只供试用，不要录入真实办件") }
        return .warning(
            text, remedy: "正式使用请用自己的底本另建部署（yiciban init --help）；要留用这个部署的，先用 account disable 停用全部示例账号，再删去这个文件。")
    }

    /// Whether the keys can be read and belong together.
    func keyHealth() throws -> Health {
        _ = try masterKey()
        let certificates = try certificates()
        if try deploymentKey().publicKey != certificates.leaf.publicKey {
            return .fault(
                "部署签名密钥与证书 keys/deployment.pem 不是一对", remedy: "请从同一份备份恢复 keys/deployment.key 和 keys/deployment.pem。")
        }
        return .sound("主密钥和签名密钥读得出来，与证书相配；请确认主密钥另有一份，与备份分开保管")
    }

    /// Whether the certificates are in force and for how long.
    func certificateHealth(at now: Instant) throws -> Health {
        let (leaf, chain) = try certificates()
        var ends = [("签名证书 keys/deployment.pem", leaf)]
        ends += chain.map { ("根证书 keys/root.pem", $0) }
        ends += try trustedRoots().map { ("信任的根证书 \($0.subject.commonName ?? "")", $0) }
        var (expired, soon): ([String], [String]) = ([], [])
        for (name, certificate) in ends {
            let days = (certificate.notAfter - now.milliseconds) / 86_400_000
            if now.milliseconds < certificate.notBefore {
                expired.append("\(name) 还没有生效（本机时间可能不对）")
            } else if days < 0 {
                expired.append("\(name) 已过期 \(-days) 天")
            } else if days < 60 {
                soon.append("\(name) 还有 \(days) 天到期")
            }
        }
        let remedy = "请向发证机构申请新证书；部署自带的演练证书不能续期，见 Docs/Decisions/0008。"
        if !expired.isEmpty { return .fault((expired + soon).joined(separator: "，"), remedy: remedy) }
        if !soon.isEmpty { return .warning(soon.joined(separator: "，"), remedy: remedy) }
        return .sound(
            "\(ends.count) 张证书都在有效期内，最早 \(ends.map(\.1.notAfter).min().map { Instant(milliseconds: $0).day } .map { "\($0)" } ?? "") 到期"
        )
    }
}
