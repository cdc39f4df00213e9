public import ArgumentParser
import Cryptography
import Extension
import Foundation
import Standards

/// `yiciban seal verify FILE`: needs no deployment, so that anyone can verify a sealed file anywhere.
public struct VerifySeal: AsyncParsableCommand {
    public static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "核验盖了电子印章的文件",
        discussion: """
            核验 OFD 文件里的全部签章，或单独的一份签章数据（SES_Signature，用 --original 给出原文）。
            按 GB/T 38540 的次序逐步核验，列出全部未通过的步骤及其代码。
            信任的根证书有：--root 给出的，和 --data 目录里 trust/ 下的；--ca 给出中间证书，--crl 给出吊销列表。

            退出码：
              0  通过：内容没有改动，签章所用的证书在信任的根证书之下
              1  未通过：内容被改动、签章无效、印章到期等
              2  命令写法有误
              3  文件或证书读不出来
              4  内容没有改动，但签章所用的证书不在任何一个信任的根证书之下
            """)

    @Argument(help: "OFD 文件，或签章数据（SignedValue.dat）")
    var file: String

    @Option(name: .long, help: "签章数据的原文；核验 OFD 文件时不用写")
    var original: String?

    @Option(name: .long, help: "信任的根证书文件（PEM），可写多次")
    var root: [String] = []

    @Option(name: .long, help: "签发机构的中间证书文件（PEM），可写多次")
    var ca: [String] = []

    @Option(name: .long, help: "吊销列表文件（PEM），可写多次")
    var crl: [String] = []

    @Option(name: .long, help: "数据目录，信任其中 trust/ 下的根证书；没有这个目录也能核验")
    var data = "data"

    @Flag(name: .long, help: "以 JSON 输出，便于脚本使用")
    var json = false

    public init() {}

    public func run() async throws {
        let trust = TrustList(
            roots: try (root + trustedFiles).flatMap(CertificateFile.all),
            authorities: try ca.flatMap(CertificateFile.all),
            revocationLists: try crl.map(CertificateFile.revocationList))
        let bytes = try LocalFile.read(file, limit: SealVerifier.maximumDocument)
        let original = try original.map { try LocalFile.read($0, limit: SealVerifier.maximumDocument) }
        let now = Int64(Date().timeIntervalSince1970 * 1000)
        let view = DocumentVerificationView(
            SealVerifier(trust: trust).verify(file: bytes, original: original, now: now))
        print(json ? String(decoding: view.json, as: UTF8.self) : view.text)
        switch view.verdict {
        case .valid: return
        // Intact is not trusted: a script that asks for the exit code alone must not take one for the other.
        case .demonstration: throw ExitCode(4)
        case .invalid: throw ExitCode(1)
        }
    }

    private var trustedFiles: [String] {
        let folder = "\(data)/trust"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { $0.hasSuffix(".pem") }.sorted().map { "\(folder)/\($0)" }
    }
}
