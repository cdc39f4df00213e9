public import ArgumentParser
import Cryptography
import Extension
import Foundation
import Standards

/// `yiciban licence verify FILE`: needs no deployment, so that anyone can verify a licence file anywhere.
public struct VerifyLicence: AsyncParsableCommand {
    public static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "核验证照文件",
        discussion: """
            逐步核验文件格式、规范编码、证书链、签名值、证照标识和有效期，列出全部未通过的步骤。
            信任的根证书有：--root 给出的，和 --data 目录里 trust/ 下的。
            这个目录的部署自己签的证照，用它自己的根证书（keys/root.pem）核验；这样的证照只供演练，没有法律效力。
            别处没有这个目录时，不写 --root 只能知道内容有没有被改动。

            退出码：
              0  通过：内容没有改动，签名证书在信任的根证书之下，或是这个部署自己签的（演练）
              1  未通过：内容被改动、签名无效、证照到期等
              2  命令写法有误
              3  文件或根证书读不出来
              4  内容没有改动，但不知道是谁签的：签名证书不在任何一个根证书之下
            """)

    @Argument(help: "证照文件（.licence）")
    var file: String

    @Option(name: .long, help: "信任的根证书文件（PEM），可写多次")
    var root: [String] = []

    @Option(name: .long, help: "数据目录，信任其中的根证书；没有这个目录也能核验")
    var data = "data"

    @Flag(name: .long, help: "以 JSON 输出，便于脚本使用")
    var json = false

    public init() {}

    public func run() async throws {
        let roots = try (root + trustedFiles).flatMap(Self.certificates)
        let bytes = try Self.read(file, limit: LicenceFile.maximumSize)
        let now = Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
        let verification = LicenceVerifier(trustedRoots: roots).verify(bytes, at: now)
        let isOurs = verification.verdict == .demonstration && isSignedHere(bytes, at: now)
        let view = LicenceVerificationView(verification)
        print(json ? String(decoding: view.json, as: UTF8.self) : view.text)
        if verification.verdict == .demonstration, !json {
            print(isOurs ? "签名人是 \(data) 里这个部署自己的，签名和内容都没有问题。" : Self.hint(rootsGiven: !roots.isEmpty))
        }
        if !isOurs, let code = Self.exitCode(of: verification.verdict) { throw code }
    }

    /// What the deployment in the folder trusts beside its own root.
    private var trustedFiles: [String] {
        let folder = "\(data)/trust"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { $0.hasSuffix(".pem") }.sorted().map { "\(folder)/\($0)" }
    }

    /// Whether the deployment in the folder signed the file.
    private func isSignedHere(_ bytes: [UInt8], at now: Instant) -> Bool {
        guard let own = try? Self.certificates("\(data)/keys/root.pem") else { return false }
        return LicenceVerifier(trustedRoots: own).verify(bytes, at: now).verdict == .valid
    }

    private static func certificates(_ path: String) throws -> [Certificate] {
        guard let text = String(validating: try read(path, limit: 1 << 20), as: UTF8.self),
            let certificates = try? Certificate.all(inPEM: text), !certificates.isEmpty
        else { throw LicenceError(.unreadable, "\(path) 里没有可用的 PEM 证书，请换成根证书文件。") }
        return certificates
    }

    private static func hint(rootsGiven: Bool) -> String {
        rootsGiven
            ? "给出的根证书不是这份证照的。请向颁发机构索取它的根证书，再用 --root 给出。"
            : "内容没有改动。要确认是谁签的，请用 --root 给出您信任的根证书，或用 --data 指出签发它的部署。"
    }

    /// How scripts learn the verdict; nil for success.
    static func exitCode(of verdict: LicenceVerification.Verdict) -> ExitCode? {
        switch verdict {
        case .valid: nil
        // Intact is not trusted: a script that asks for the exit code alone must not take one for the other.
        case .demonstration: ExitCode(4)
        case .invalid, .elsewhere: ExitCode(1)
        }
    }

    private static func read(_ path: String, limit: Int) throws -> [UInt8] {
        // An empty file reads as nil.
        guard let handle = FileHandle(forReadingAtPath: path),
            let data = try? handle.read(upToCount: limit + 1) ?? Data()
        else {
            throw LicenceError(.unreadable, "读不到文件 \(path)，请核对路径和读取权限。")
        }
        guard data.count <= limit else { throw LicenceError(.fileSize, "文件 \(path) 超过 1 MB，不是电子证照文件。") }
        return Array(data)
    }
}
