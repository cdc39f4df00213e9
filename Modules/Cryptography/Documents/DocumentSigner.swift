import CLibCrypto

/// Signs documents for common readers of PDF, which know RSA and SHA-256 but not SM2 (CMS, RFC 5652).
///
/// What has legal force is the seal of GB/T 38540 in the OFD; this signature lets anyone see that a PDF is as it was made.
public final class DocumentSigner: Sendable {
    private let key: SharedObject
    private let certificate: SharedObject
    private let issuer: SharedObject

    private init(key: SharedObject, certificate: SharedObject, issuer: SharedObject) {
        self.key = key
        self.certificate = certificate
        self.issuer = issuer
    }

    /// A new RSA key of 3072 bits with a certificate under a root of its own, whose key is thrown away.
    ///
    /// - Parameters:
    ///   - subject: whose signatures they are.
    ///   - notBefore: in milliseconds since 1970 (UTC).
    ///   - notAfter: in milliseconds since 1970 (UTC).
    /// - Throws: ``CryptographyError`` with `cryptography.library`.
    public static func generate(
        for subject: DistinguishedName, issuer issuerName: DistinguishedName, notBefore: Int64, notAfter: Int64
    ) throws -> DocumentSigner {
        let rootKey = try RSAKey.generate()
        let root = try RSACertificate.make(
            issuerName, key: rootKey, issuer: nil, issuerKey: rootKey, notBefore: notBefore, notAfter: notAfter)
        let key = try RSAKey.generate()
        let certificate = try RSACertificate.make(
            subject, key: key, issuer: root, issuerKey: rootKey, notBefore: notBefore, notAfter: notAfter)
        return DocumentSigner(key: key, certificate: certificate, issuer: root)
    }

    /// A signer from what ``stored()`` gave.
    ///
    /// - Throws: ``CryptographyError`` with `cryptography.key.format`.
    public convenience init(stored: [UInt8]) throws {
        let operation = "DocumentSigner.init(stored:)"
        do {
            var reader = DERReader(stored)
            var parts = try reader.sequence("DocumentSigner")
            let (keyDER, certificateDER, issuerDER) = (
                try parts.octets("key"), try parts.octets("certificate"), try parts.octets("issuer")
            )
            let key = LibCrypto.decode(keyDER, free: EVP_PKEY_free) { d2i_AutoPrivateKey(nil, $0, $1) }
            func certificate(_ der: [UInt8]) throws -> SharedObject {
                let found = LibCrypto.decode(der, free: X509_free) { d2i_X509(nil, $0, $1) }
                return SharedObject(try LibCrypto.check(found, operation, code: .keyFormat)) { X509_free($0) }
            }
            self.init(
                key: SharedObject(try LibCrypto.check(key, operation, code: .keyFormat)) { EVP_PKEY_free($0) },
                certificate: try certificate(certificateDER), issuer: try certificate(issuerDER))
        } catch let error as DERError {
            throw CryptographyError(.keyFormat, operation: operation, detail: "\(error)")
        }
    }

    /// Key and certificates, **not encrypted**; for stores that encrypt by themselves.
    ///
    /// - Throws: ``CryptographyError`` with `cryptography.library`.
    public func stored() throws -> [UInt8] {
        let operation = "DocumentSigner.stored"
        let info = try LibCrypto.check(EVP_PKEY2PKCS8(key.pointer), operation)
        defer { PKCS8_PRIV_KEY_INFO_free(info) }
        return DER.sequence([
            DER.octets(try LibCrypto.encode(operation) { i2d_PKCS8_PRIV_KEY_INFO(info, $0) }),
            DER.octets(try LibCrypto.encode(operation) { i2d_X509(certificate.pointer, $0) }),
            DER.octets(try LibCrypto.encode(operation) { i2d_X509(issuer.pointer, $0) }),
        ])
    }

    /// A detached signature of a document: CMS SignedData in DER with both certificates.
    ///
    /// - Throws: ``CryptographyError`` with `cryptography.library`.
    public func sign(_ document: [UInt8]) throws -> [UInt8] {
        let operation = "CMS_sign"
        return try document.withUnsafeBytes { bytes in
            let content = try LibCrypto.check(BIO_new_mem_buf(bytes.baseAddress, Int32(bytes.count)), operation)
            defer { BIO_free(content) }
            let stack = try LibCrypto.check(OPENSSL_sk_new_null(), "OPENSSL_sk_new_null")
            defer { OPENSSL_sk_free(stack) }
            try LibCrypto.check(OPENSSL_sk_push(stack, UnsafeRawPointer(issuer.pointer)), "OPENSSL_sk_push")
            let flags = UInt32(CMS_DETACHED | CMS_BINARY | CMS_NOSMIMECAP)
            let signed = try LibCrypto.check(
                CMS_sign(certificate.pointer, key.pointer, stack, content, flags), operation)
            defer { CMS_ContentInfo_free(signed) }
            return try LibCrypto.encode("i2d_CMS_ContentInfo") { i2d_CMS_ContentInfo(signed, $0) }
        }
    }
}

private enum RSAKey {
    static func generate() throws -> SharedObject {
        let operation = "RSA key generation"
        let context = try LibCrypto.check(EVP_PKEY_CTX_new_from_name(nil, "RSA", nil), operation)
        defer { EVP_PKEY_CTX_free(context) }
        try LibCrypto.check(EVP_PKEY_keygen_init(context), operation)
        try LibCrypto.check(EVP_PKEY_CTX_set_rsa_keygen_bits(context, 3072), operation)
        var key: OpaquePointer?
        try LibCrypto.check(EVP_PKEY_generate(context, &key), operation)
        return SharedObject(try LibCrypto.check(key, operation)) { EVP_PKEY_free($0) }
    }
}

private enum RSACertificate {
    static func make(
        _ subject: DistinguishedName, key: SharedObject, issuer: SharedObject?, issuerKey: SharedObject,
        notBefore: Int64, notAfter: Int64
    ) throws -> SharedObject {
        let draft = SharedObject(try LibCrypto.check(X509_new(), "X509_new")) { X509_free($0) }
        let pointer = draft.pointer
        try LibCrypto.check(X509_set_version(pointer, Int(X509_VERSION_3)), "X509_set_version")
        var serial = SecureRandom.bytes(16)
        serial[0] = serial[0] & 0x3F | 0x40
        let number = try LibCrypto.check(BN_bin2bn(serial, Int32(serial.count), nil), "BN_bin2bn")
        defer { BN_free(number) }
        _ = BN_to_ASN1_INTEGER(number, X509_get_serialNumber(pointer))
        for (time, field) in [(notBefore, X509_getm_notBefore(pointer)), (notAfter, X509_getm_notAfter(pointer))] {
            guard ASN1_TIME_set(field, Int(CertificateChain.seconds(time))) != nil else {
                throw LibCrypto.failure("ASN1_TIME_set", code: .certificateRequest)
            }
        }
        try subject.write(to: X509_get_subject_name(pointer))
        try LibCrypto.check(
            X509_set_issuer_name(pointer, X509_get_subject_name(issuer?.pointer ?? pointer)), "X509_set_issuer_name")
        try LibCrypto.check(X509_set_pubkey(pointer, key.pointer), "X509_set_pubkey")
        var context = X509V3_CTX()
        X509V3_set_ctx(&context, issuer?.pointer ?? pointer, pointer, nil, nil, 0)
        let extensions: [(Int32, String)] =
            issuer == nil
            ? [(NID_basic_constraints, "critical,CA:TRUE"), (NID_key_usage, "critical,keyCertSign,cRLSign")]
            : [
                (NID_basic_constraints, "critical,CA:FALSE"),
                (NID_key_usage, "critical,digitalSignature,nonRepudiation"),
            ]
        for (kind, value) in extensions + [
            (NID_subject_key_identifier, "hash"), (NID_authority_key_identifier, "keyid"),
        ] {
            let made = try LibCrypto.check(X509V3_EXT_conf_nid(nil, &context, kind, value), "X509V3_EXT_conf_nid")
            defer { X509_EXTENSION_free(made) }
            try LibCrypto.check(X509_add_ext(pointer, made, -1), "X509_add_ext")
        }
        try LibCrypto.check(X509_sign(pointer, issuerKey.pointer, EVP_sha256()), "X509_sign")
        return draft
    }
}
