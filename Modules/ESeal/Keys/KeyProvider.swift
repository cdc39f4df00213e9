public import Cryptography
public import Extension
public import Storage

/// Where private keys live and sign (密钥服务): this program, or a device of one's own.
///
/// A key is named by an opaque reference, and what is asked of it is a signature; so devices by PKCS#11 or GM/T 0018,
/// which never give a key away, fit as well as the software provider.
public protocol KeyProvider: Sendable {
    /// Makes a key pair that stays with the provider.
    ///
    /// - Returns: its reference and the public half.
    func generate(by act: Act) async throws -> (reference: Identifier, publicKey: SM2.PublicKey)

    /// Signs a message with SM2 and SM3 under the identifier `1234567812345678` (GB/T 32918.2-2016).
    ///
    /// - Returns: the signature in DER.
    /// - Throws: ``SealError`` with `eseal.key` when there is no such key, or it can't be opened.
    func sign(_ message: [UInt8], with reference: Identifier) async throws -> [UInt8]
}
