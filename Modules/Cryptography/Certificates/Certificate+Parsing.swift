import CLibCrypto

extension Certificate {
    /// A certificate from DER.
    ///
    /// - Throws: ``CryptographyError`` with `cryptography.certificate.format` unless the bytes are exactly one
    ///   certificate in DER, or with `cryptography.certificate.algorithm` if it is not SM2 signed with SM3.
    public init(der: [UInt8]) throws {
        let operation = "Certificate.init(der:)"
        let decoded = try LibCrypto.check(
            LibCrypto.decode(der, free: X509_free) { d2i_X509(nil, $0, $1) }, operation,
            code: .certificateFormat)
        let object = SharedObject(decoded) { X509_free($0) }
        let canonical = try LibCrypto.encode(operation) { i2d_X509(decoded, $0) }
        // A negative result stands for an extension that libcrypto could not read.
        guard canonical == der, X509_check_purpose(decoded, -1, 0) == 1 else {
            ERR_clear_error()
            throw CryptographyError(.certificateFormat, operation: operation, detail: "not a well-formed certificate")
        }
        guard X509_get_signature_nid(decoded) == NID_SM2_with_SM3, let key = X509_get0_pubkey(decoded) else {
            ERR_clear_error()
            throw CryptographyError(.certificateAlgorithm, operation: operation, detail: "not signed with SM2-SM3")
        }
        try Self.setSignerID(of: decoded)
        self.der = der
        self.object = object
        subject = DistinguishedName(reading: X509_get_subject_name(decoded))
        issuer = DistinguishedName(reading: X509_get_issuer_name(decoded))
        isSelfIssued = X509_NAME_cmp(X509_get_subject_name(decoded), X509_get_issuer_name(decoded)) == 0
        serialNumber = try Self.serialNumber(of: decoded)
        notBefore = try Self.milliseconds(X509_get0_notBefore(decoded))
        notAfter = try Self.milliseconds(X509_get0_notAfter(decoded))
        publicKey = try Self.publicKey(key)
        let usage = X509_get_key_usage(decoded)
        keyUsage = usage == UInt32.max ? nil : KeyUsage(rawValue: usage)
        // 2 to 5 stand for old forms that merely look like an authority's.
        isCA = X509_check_ca(decoded) == 1
    }

    /// Whether `issuer` is named as the issuer and its key made the signature; says nothing of time or trust.
    public func isIssued(by issuer: Certificate) -> Bool {
        defer { ERR_clear_error() }
        return X509_check_issued(issuer.object.pointer, object.pointer) == X509_V_OK
            && X509_verify(object.pointer, issuer.publicKey.object.pointer) == 1
    }

    /// Sets the identifier under which the issuer signed; libcrypto would otherwise verify with an empty one.
    private static func setSignerID(of certificate: OpaquePointer) throws {
        let identifier = Array(SM2.defaultID.utf8)
        guard let text = ASN1_OCTET_STRING_new() else {
            throw LibCrypto.failure("ASN1_OCTET_STRING_new", code: .library)
        }
        guard ASN1_OCTET_STRING_set(text, identifier, Int32(identifier.count)) == 1 else {
            ASN1_OCTET_STRING_free(text)
            throw LibCrypto.failure("ASN1_OCTET_STRING_set", code: .library)
        }
        X509_set0_distinguishing_id(certificate, text)
    }

    private static func serialNumber(of certificate: OpaquePointer) throws -> [UInt8] {
        let number = try LibCrypto.check(
            ASN1_INTEGER_to_BN(X509_get0_serialNumber(certificate), nil), "ASN1_INTEGER_to_BN",
            code: .certificateFormat)
        defer { BN_free(number) }
        var bytes = [UInt8](repeating: 0, count: Int((BN_num_bits(number) + 7) / 8))
        BN_bn2bin(number, &bytes)
        return bytes
    }

    private static func milliseconds(_ time: UnsafePointer<ASN1_TIME>?) throws -> Int64 {
        let epoch = ASN1_TIME_set(nil, 0)
        defer { ASN1_TIME_free(epoch) }
        var days: Int32 = 0
        var seconds: Int32 = 0
        try LibCrypto.check(
            ASN1_TIME_diff(&days, &seconds, epoch, time), "ASN1_TIME_diff", code: .certificateFormat)
        return (Int64(days) * 86_400 + Int64(seconds)) * 1000
    }

    private static func publicKey(_ key: OpaquePointer) throws -> SM2.PublicKey {
        EVP_PKEY_up_ref(key)
        do {
            return try SM2.PublicKey(
                object: KeyObject.adopt(key, isPrivate: false, operation: "Certificate.publicKey"))
        } catch let error as CryptographyError {
            throw CryptographyError(
                .certificateAlgorithm, operation: "Certificate.publicKey", detail: error.detail)
        }
    }
}
