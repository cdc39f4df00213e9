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
            不写 --root 时只核验内容是否被改动，结论最多为“演练·无法律效力”。

            退出码：0 通过（含未写 --root 时的演练证照）；1 未通过，或写了 --root 而签名证书不在其下；2 用法有误。
            """)

    @Argument(help: "证照文件（.licence）")
    var file: String

    @Option(name: .long, help: "信任的根证书文件（PEM），可写多次")
    var root: [String] = []

    @Flag(name: .long, help: "以 JSON 输出，便于脚本使用")
    var json = false

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
        print(json ? String(decoding: view.json, as: UTF8.self) : view.text)
        if let code = Self.exitCode(of: verification.verdict, rootsGiven: !roots.isEmpty) { throw code }
    }

    /// How scripts learn the verdict; nil for success.
    static func exitCode(of verdict: LicenceVerification.Verdict, rootsGiven: Bool) -> ExitCode? {
        switch verdict {
        case .valid: nil
        // Who names roots wants trust; who names none can only ask whether the content is unchanged.
        case .demonstration: rootsGiven ? ExitCode(1) : nil
        case .invalid, .elsewhere: ExitCode(1)
        }
    }

    private static func read(_ path: String, limit: Int) throws -> [UInt8] {
        guard let handle = FileHandle(forReadingAtPath: path), let data = try? handle.read(upToCount: limit + 1) else {
            throw LicenceError(.unreadable, "读不到文件 \(path)，请核对路径和读取权限。")
        }
        guard data.count <= limit else { throw LicenceError(.fileSize, "文件 \(path) 超过 1 MB，不是电子证照文件。") }
        return Array(data)
    }
}
