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
            只有签名证书在 --root 给出的根证书之下，才算真实有效；不写 --root 时只能知道内容有没有被改动。
            示例部署的证照用它自己的演练根证书核验：--root data/keys/root.pem。

            退出码：
              0  真实有效：内容没有改动，签名证书在给出的根证书之下
              1  未通过：内容被改动、签名无效、证照到期等
              2  命令写法有误
              3  文件或根证书读不出来
              4  内容没有改动，但签名证书不在给出的根证书之下，或没有给出根证书（演练·无法律效力）
            """)

    @Argument(help: "证照文件（.licence）")
    var file: String

    @Option(name: .long, help: "信任的根证书文件（PEM），可写多次")
    var root: [String] = []

    @OptionGroup var standalone: StandaloneOptions

    public init() {}

    public func run() async throws {
        let roots = try root.flatMap { path in
            guard let text = String(validating: try Self.read(path, limit: 1 << 20), as: UTF8.self),
                let certificates = try? Certificate.all(inPEM: text), !certificates.isEmpty
            else { throw LicenceError(.unreadable, "\(path) 里没有可用的 PEM 证书，请换成根证书文件。") }
            return certificates
        }
        let bytes = try Self.read(file, limit: LicenceFile.maximumSize)
        let now = Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
        let verification = LicenceVerifier(trustedRoots: roots).verify(bytes, at: now)
        let view = LicenceVerificationView(verification)
        print(standalone.json ? String(decoding: view.json, as: UTF8.self) : view.text)
        if verification.verdict == .demonstration, !standalone.json { print(Self.hint(rootsGiven: !roots.isEmpty)) }
        if let code = Self.exitCode(of: verification.verdict) { throw code }
    }

    private static func hint(rootsGiven: Bool) -> String {
        rootsGiven
            ? "给出的根证书不是这份证照的。请向颁发机构索取它的根证书，再用 --root 给出。"
            : "内容没有改动。要确认是谁签的，请用 --root 给出您信任的根证书；示例部署的在 data/keys/root.pem。"
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
