import CLibCrypto

extension CertificateChain {
    /// One thing that is wrong with a chain.
    public struct Failure: Sendable, Hashable, CustomStringConvertible {
        /// What is wrong.
        public let code: Code
        /// Which certificate: 0 is the one that was asked about, 1 its issuer, and so on.
        public let depth: Int

        /// Creates a failure.
        public init(code: Code, depth: Int) {
            self.code = code
            self.depth = depth
        }

        public var description: String {
            "第 \(depth + 1) 级证书：\(code.message)（\(code.rawValue)）"
        }
    }

    /// The kinds of failure; their raw values are stable.
    public enum Code: String, Sendable, Hashable, CaseIterable {
        /// Valid only later.
        case notYetValid = "cryptography.chain.not_yet_valid"
        /// Not valid any more.
        case expired = "cryptography.chain.expired"
        /// The issuer's certificate is not among those given.
        case issuerMissing = "cryptography.chain.issuer_missing"
        /// It leads to a root, but to none that is trusted.
        case untrustedRoot = "cryptography.chain.untrusted_root"
        /// The issuer's key did not make the signature.
        case signature = "cryptography.chain.signature"
        /// An issuer is not an authority.
        case notAuthority = "cryptography.chain.not_authority"
        /// More authorities follow than the issuer permits.
        case pathLength = "cryptography.chain.path_length"
        /// The key may not be used for the purpose.
        case keyUsage = "cryptography.chain.key_usage"
        /// A critical extension is not understood.
        case criticalExtension = "cryptography.chain.critical_extension"
        /// Something else that libcrypto refuses.
        case malformed = "cryptography.chain.malformed"

        /// What is wrong and what to do, in Chinese.
        public var message: String {
            switch self {
            case .notYetValid: "尚未生效，请核对系统时间或待生效后再用"
            case .expired: "已过有效期，请到签发机构换发"
            case .issuerMissing: "缺少上级签发机构的证书，请一并提供"
            case .untrustedRoot: "根证书不在信任名单内，请核实后由管理员加入"
            case .signature: "签发机构的签名不符，证书可能被改动，请勿使用"
            case .notAuthority: "上级证书无权签发证书，请勿使用"
            case .pathLength: "签发层级超过上级允许的层数，请勿使用"
            case .keyUsage: "密钥用途不符，请换用具备该用途的证书"
            case .criticalExtension: "含有本系统不能识别的关键扩展项，请联系签发机构"
            case .malformed: "证书链不合规范，请联系签发机构重新签发"
            }
        }

        /// The code for one of libcrypto's errors; `nil` for validity, which is judged separately.
        init?(verifyError: Int32) {
            let isValidity = [X509_V_ERR_CERT_NOT_YET_VALID, X509_V_ERR_CERT_HAS_EXPIRED].contains(verifyError)
            guard !isValidity else { return nil }
            self =
                switch verifyError {
                case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT, X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY,
                    X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
                    .issuerMissing
                case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT, X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN: .untrustedRoot
                case X509_V_ERR_CERT_SIGNATURE_FAILURE, X509_V_ERR_UNABLE_TO_DECRYPT_CERT_SIGNATURE: .signature
                case X509_V_ERR_INVALID_CA, X509_V_ERR_KEYUSAGE_NO_CERTSIGN: .notAuthority
                case X509_V_ERR_PATH_LENGTH_EXCEEDED: .pathLength
                case X509_V_ERR_UNHANDLED_CRITICAL_EXTENSION: .criticalExtension
                default: .malformed
                }
        }
    }
}
