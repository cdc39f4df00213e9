extension CryptographyError {
    /// An opaque, stable code such as `cryptography.box.open`.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        /// The code as it appears in logs and problem details.
        public let rawValue: String
        /// What happened and what to do next, in Chinese.
        let remedy: String

        public var description: String { rawValue }

        private init(_ name: String, _ remedy: String) {
            rawValue = "cryptography.\(name)"
            self.remedy = remedy
        }

        /// libcrypto refused an operation that should have succeeded.
        public static let library = Code("library", "密码库未能完成运算，请核对 libcrypto 版本（需 3.0 以上并含国密算法）后重试")
        /// The self-test's known answers did not come out.
        public static let selfTest = Code("self_test", "密码算法自检未通过，请停用本机并更换密码库后再启动")
        /// A symmetric key does not have 32 bytes.
        public static let keyLength = Code("key.length", "密钥长度不对，请使用 32 字节的密钥")
        /// A nonce does not have 16 bytes.
        public static let nonceLength = Code("nonce.length", "随机数长度不对，请使用 16 字节的随机数")
        /// A sealed box was changed, cut, or sealed under another key or associated text.
        public static let boxOpen = Code("box.open", "密文无法打开：内容被改动，或密钥、关联信息不符；请核对密钥后从备份恢复")
        /// An SM2 key could not be read.
        public static let keyFormat = Code("key.format", "密钥读不出来，请提供 SM2 密钥（PEM、PKCS#8、EC 私钥或 SPKI 公钥）")
        /// An RSA key could not be read, or is shorter than 2048 bits.
        public static let rsaKey = Code("key.rsa", "RSA 密钥读不出来，请提供 2048 位以上的 RSA 密钥（PEM 或其中的 Base64 内容）")
        /// An encrypted key could not be opened.
        public static let keyPassphrase = Code("key.passphrase", "密钥口令缺失或不正确，请核对口令后重试")
        /// A signature is not the strict DER or raw form of an SM2 signature.
        public static let signatureFormat = Code("signature.format", "签名值格式不对，请要求对方按 GB/T 35276 的 DER 或 64 字节格式重新签名")
        /// A distinguishing identifier is longer than the standard permits.
        public static let identifierLength = Code("identifier.length", "签名者标识过长，请使用不超过 8190 字节的标识")
        /// A PEM text has no usable block.
        public static let pemFormat = Code("pem.format", "PEM 文本读不出来，请核对文件是否完整、是否为所需的类型")
        /// A certificate could not be read.
        public static let certificateFormat = Code("certificate.format", "证书读不出来，请提供完整的 X.509 证书（DER 或 PEM）")
        /// A certificate is not an SM2 certificate signed with SM3.
        public static let certificateAlgorithm = Code("certificate.algorithm", "证书不是国密证书，请提供以 SM2-SM3 签发的 SM2 证书")
        /// A list of revoked certificates could not be read.
        public static let revocationList = Code("crl.format", "吊销列表读不出来，请提供以 SM2-SM3 签发的 CRL（DER 或 PEM）")
        /// A certificate to be made would contradict itself or its issuer.
        public static let certificateRequest = Code("certificate.request", "证书签发请求不成立，请按所列各项改正后重新签发")
        /// A password hash could not be computed.
        public static let passwordHash = Code("password.hash", "口令摘要未能计算，请检查服务器可用内存后重试")
        /// A key for the web's signatures could not be read, or is too weak.
        public static let signingKey = Code("key.signing", "密钥不能用：请提供 P-256 或 2048 至 4096 位 RSA 的密钥")
        /// A signed message is not in the compact form.
        public static let jwsFormat = Code("jws.format", "签名令牌的格式不对，请核对内容是否完整")
        /// Bytes are not the canonical CBOR of passkeys.
        public static let cborFormat = Code("cbor.format", "数据的格式不对，请核对内容是否完整")
        /// Text is not valid hexadecimal or base64url.
        public static let textEncoding = Code("text.encoding", "编码文本格式不对，请核对内容是否完整")
    }
}
