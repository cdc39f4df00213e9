import CLibCrypto

extension SM2.PrivateKey {
    /// A key from DER: PKCS#8 (`PrivateKeyInfo`) or SEC 1 (`ECPrivateKey`).
    ///
    /// - Throws: ``CryptographyError`` with `cryptography.key.format` if it is anything but one sound SM2 key pair.
    public convenience init(der: [UInt8]) throws {
        let key = LibCrypto.decode(der, free: EVP_PKEY_free) { d2i_AutoPrivateKey(nil, $0, $1) }
        try self.init(object: KeyObject.adopt(key, isPrivate: true, operation: "SM2.PrivateKey.init(der:)"))
    }

    /// A key from its number d: 32 bytes, big endian, between 1 and n − 2.
    ///
    /// - Throws: ``CryptographyError`` with `cryptography.key.format` for another length or a number out of range.
    public convenience init(scalar: [UInt8]) throws {
        guard scalar.count == SM2.scalarLength else {
            throw CryptographyError(
                .keyFormat, operation: "SM2.PrivateKey.init(scalar:)", detail: "\(scalar.count) bytes given")
        }
        // ECPrivateKey { version 1, privateKey, [0] sm2p256v1 }; libcrypto computes the point (RFC 5915).
        let head: [UInt8] = [0x30, 0x31, 0x02, 0x01, 0x01, 0x04, 0x20]
        let curve: [UInt8] = [0xA0, 0x0A, 0x06, 0x08, 0x2A, 0x81, 0x1C, 0xCF, 0x55, 0x01, 0x82, 0x2D]
        try self.init(der: head + scalar + curve)
    }

    /// A key from PEM text: `PRIVATE KEY`, `EC PRIVATE KEY`, `SM2 PRIVATE KEY`, or `ENCRYPTED PRIVATE KEY` with its passphrase.
    ///
    /// - Throws: ``CryptographyError`` with `cryptography.pem.format`, `cryptography.key.format` or
    ///   `cryptography.key.passphrase`.
    public convenience init(pem: String, passphrase: String? = nil) throws {
        let operation = "SM2.PrivateKey.init(pem:)"
        for block in try PEM.blocks(in: pem) {
            switch block.label {
            // libcrypto labels SEC 1 with the algorithm it knows the key by, others with EC.
            case "PRIVATE KEY", "EC PRIVATE KEY", "SM2 PRIVATE KEY":
                try self.init(der: block.bytes)
                return
            case "ENCRYPTED PRIVATE KEY":
                guard let passphrase else {
                    throw CryptographyError(.keyPassphrase, operation: operation, detail: "no passphrase given")
                }
                try self.init(encryptedDER: block.bytes, passphrase: passphrase)
                return
            default:
                continue
            }
        }
        throw CryptographyError(.pemFormat, operation: operation, detail: "no private key block")
    }

    /// The key pair as PKCS#8 in DER, **not encrypted**.
    ///
    /// - Throws: ``CryptographyError`` with `cryptography.library` if libcrypto fails.
    public func der() throws -> [UInt8] {
        let operation = "SM2.PrivateKey.der"
        let info = try LibCrypto.check(EVP_PKEY2PKCS8(object.pointer), operation)
        defer { PKCS8_PRIV_KEY_INFO_free(info) }
        return try LibCrypto.encode(operation) { i2d_PKCS8_PRIV_KEY_INFO(info, $0) }
    }

    /// The key pair as PKCS#8 in PEM text, **not encrypted**; for tests and for stores that encrypt by themselves.
    ///
    /// - Throws: ``CryptographyError`` with `cryptography.library` if libcrypto fails.
    public func pem() throws -> String {
        PEM(label: "PRIVATE KEY", bytes: try der()).text
    }
}
