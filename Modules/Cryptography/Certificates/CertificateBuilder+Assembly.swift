import CLibCrypto

extension CertificateBuilder {
    /// Builds the certificate in libcrypto, signs it and reads it back.
    ///
    /// - Parameters:
    ///   - publicKey: the key to certify.
    ///   - issuer: the issuer's certificate; `nil` for a root.
    ///   - key: the issuer's key.
    func assemble(
        for publicKey: SM2.PublicKey, issuer: Certificate?, signedBy key: SM2.PrivateKey
    ) throws -> Certificate {
        let draft = try LibCrypto.check(X509_new(), "X509_new")
        defer { X509_free(draft) }
        try LibCrypto.check(X509_set_version(draft, Int(X509_VERSION_3)), "X509_set_version")
        try setSerialNumber(of: draft)
        try setValidity(of: draft)
        try subject.write(to: X509_get_subject_name(draft))
        let issuerName = X509_get_subject_name(issuer?.object.pointer ?? draft)
        try LibCrypto.check(X509_set_issuer_name(draft, issuerName), "X509_set_issuer_name")
        try LibCrypto.check(X509_set_pubkey(draft, publicKey.object.pointer), "X509_set_pubkey")
        try addExtensions(to: draft, publicKey: publicKey, issuer: issuer?.object.pointer ?? draft)
        try KeyObject.withSigningContext(of: key.object.pointer, id: SM2.defaultID) { context in
            try LibCrypto.check(
                EVP_DigestSignInit(context, nil, Algorithms.sm3.pointer, nil, key.object.pointer),
                "EVP_DigestSignInit")
            try LibCrypto.check(X509_sign_ctx(draft, context), "X509_sign_ctx")
        }
        return try Certificate(der: LibCrypto.encode("i2d_X509") { i2d_X509(draft, $0) })
    }

    private func setSerialNumber(of draft: OpaquePointer) throws {
        let number = try LibCrypto.check(BN_bin2bn(serialNumber, Int32(serialNumber.count), nil), "BN_bin2bn")
        defer { BN_free(number) }
        guard BN_to_ASN1_INTEGER(number, X509_get_serialNumber(draft)) != nil else {
            throw LibCrypto.failure("BN_to_ASN1_INTEGER", code: .library)
        }
    }

    private func setValidity(of draft: OpaquePointer) throws {
        for (time, field) in [(notBefore, X509_getm_notBefore(draft)), (notAfter, X509_getm_notAfter(draft))] {
            guard ASN1_TIME_set(field, Int(CertificateChain.seconds(time))) != nil else {
                throw LibCrypto.failure("ASN1_TIME_set", code: .certificateRequest)
            }
        }
    }

    private func addExtensions(to draft: OpaquePointer, publicKey: SM2.PublicKey, issuer: OpaquePointer) throws {
        // The key identifier is the left half of SM3 over the point, as RFC 7093 §2 does with SHA-256.
        let identifier = Hex.encode(SM3.hash(publicKey.point).prefix(20))
        let constraints: [(Int32, String)] =
            switch profile {
            case .root(let pathLength), .issuing(let pathLength):
                [
                    (NID_basic_constraints, "critical,CA:TRUE" + (pathLength.map { ",pathlen:\($0)" } ?? "")),
                    (NID_key_usage, "critical," + ([.keyCertSign, .crlSign] as KeyUsage).configuration),
                ]
            case .endEntity(let usage):
                [
                    (NID_basic_constraints, "critical,CA:FALSE"),
                    (NID_key_usage, "critical," + usage.configuration),
                ]
            }
        let identifiers = [(NID_subject_key_identifier, identifier), (NID_authority_key_identifier, "keyid:always")]
        var context = X509V3_CTX()
        X509V3_set_ctx(&context, issuer, draft, nil, nil, 0)
        for (kind, value) in constraints + identifiers {
            let made = try LibCrypto.check(
                X509V3_EXT_conf_nid(nil, &context, kind, value), "X509V3_EXT_conf_nid", code: .certificateRequest)
            defer { X509_EXTENSION_free(made) }
            try LibCrypto.check(X509_add_ext(draft, made, -1), "X509_add_ext")
        }
    }
}
