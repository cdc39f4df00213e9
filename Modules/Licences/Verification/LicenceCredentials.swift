import Cryptography
import Extension

/// The certificates in a file, as far as they could be read.
struct LicenceCredentials {
    let certificate: Certificate?
    let chain: [Certificate]
    let findings: [Finding]

    init(_ file: LicenceFile) {
        var findings: [Finding] = []
        certificate = Self.read(file.certificate, "签名证书", &findings)
        var chain: [Certificate] = []
        for (number, text) in file.chain.enumerated() {
            if let issuer = Self.read(text, "第 \(number + 1) 级签发机构的证书", &findings) { chain.append(issuer) }
        }
        self.chain = chain
        self.findings = findings
    }

    private static func read(_ text: String, _ what: String, _ findings: inout [Finding]) -> Certificate? {
        guard let der = StrictBase64.decode(text) else {
            findings.append(finding(.certificate, "base64", "\(what)的编码不规范，文件可能被改动过。"))
            return nil
        }
        do {
            return try Certificate(der: der)
        } catch {
            let reason = (error as? CryptographyError)?.message ?? "读不出来"
            findings.append(finding(.certificate, "unreadable", "\(what)不能用：\(reason)。"))
            return nil
        }
    }
}
