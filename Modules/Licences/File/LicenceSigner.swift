public import Cryptography
import Standards

/// The identity with which this deployment signs licences: an SM2 key, its certificate and the way to its root.
public struct LicenceSigner: Sendable {
    let privateKey: SM2.PrivateKey
    /// The certificate of the key.
    public let certificate: Certificate
    /// The issuing authorities from the nearest up to and including the root; they travel inside every file.
    public let chain: [Certificate]

    /// - Throws: ``LicenceError`` with `licences.signer` when the key is not the certificate's or the chain doesn't lead
    ///   from it to a root.
    public init(privateKey: SM2.PrivateKey, certificate: Certificate, chain: [Certificate]) throws {
        guard privateKey.publicKey == certificate.publicKey else {
            throw LicenceError(.signer, "证照签名私钥与证书不是一对，请在部署设置中换上配套的证书和私钥。")
        }
        guard let root = chain.last, root.isSelfIssued, chain.count <= LicenceFile.maximumChain,
            zip([certificate] + chain, chain).allSatisfy({ $0.isIssued(by: $1) })
        else {
            throw LicenceError(.signer, "证照签名证书缺少通往根证书的完整证书链，请按从签发机构到根证书的顺序补齐。")
        }
        self.privateKey = privateKey
        self.certificate = certificate
        self.chain = chain
    }

    /// Refuses to sign while any certificate of the chain is not valid, since nobody could verify the file.
    func requireValidity(at instant: Instant) throws {
        let time = instant.milliseconds
        guard ([certificate] + chain).allSatisfy({ $0.notBefore <= time && time < $0.notAfter + 1000 }) else {
            throw LicenceError(.signer, "证照签名证书不在有效期内，暂时不能签发证照，请管理员换发证书后重试。")
        }
    }
}
