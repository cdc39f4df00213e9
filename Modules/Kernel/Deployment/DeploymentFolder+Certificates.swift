public import Cryptography
import Foundation
import Standards

extension DeploymentFolder {
    /// The certificate of the deployment's key and the authorities that issued it.
    var certificatePath: String { "\(path)/keys/deployment.pem" }
    var rootCertificatePath: String { "\(path)/keys/root.pem" }

    /// The deployment's certificate and its chain up to and including the root.
    ///
    /// - Throws: ``KernelError`` when a file is missing or is no certificate.
    public func certificates() throws -> (leaf: Certificate, chain: [Certificate]) {
        (try certificate(certificatePath), [try certificate(rootCertificatePath)])
    }

    /// The roots that the deployment trusts: the certificates that lie as PEM files in its folder `trust/`.
    ///
    /// - Throws: ``KernelError`` when a file there holds no certificate.
    public func trustedRoots() throws -> [Certificate] {
        let folder = "\(path)/trust"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return try names.filter { $0.hasSuffix(".pem") }.sorted().map { try certificate("\(folder)/\($0)") }
    }

    private func certificate(_ path: String) throws -> Certificate {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8),
            let certificate = try? Certificate(pem: text)
        else {
            throw KernelError(.damagedKey, "签名证书 \(path) 读不出来。请从备份恢复这个文件。")
        }
        return certificate
    }

    /// Makes a root of the deployment's own and a signing certificate under it.
    ///
    /// What is signed under it carries 「演练·无法律效力」 wherever its root is not on the trust list. The root's key is
    /// used once and thrown away, so that nobody can issue another certificate under it.
    func createCertificates(for key: SM2.PrivateKey, at now: Instant) throws {
        let rootKey = try SM2.PrivateKey.generate()
        let tenYears: Int64 = 3_650 * 86_400_000
        let start = now.milliseconds - 86_400_000
        let root = try CertificateBuilder(
            subject: DistinguishedName(commonName: "一次办演练根证书", organization: "Yiciban", country: "CN"),
            profile: .root(pathLength: 0), notBefore: start, notAfter: start + tenYears
        ).selfSigned(by: rootKey)
        let leaf = try CertificateBuilder(
            subject: DistinguishedName(commonName: "一次办部署签名证书", organization: "Yiciban", country: "CN"),
            profile: .endEntity([.digitalSignature, .nonRepudiation]), notBefore: start,
            notAfter: start + tenYears
        ).signed(for: key.publicKey, issuer: root, by: rootKey)
        for (path, certificate) in [(rootCertificatePath, root), (certificatePath, leaf)] {
            do {
                try Data(certificate.pem.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
            } catch {
                throw KernelError(.folderNotWritable, "不能写入 \(path)。请检查目录的权限和磁盘空间。")
            }
        }
    }
}
