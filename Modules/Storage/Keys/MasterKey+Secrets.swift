import Cryptography

extension MasterKey {
    /// Seals a secret of the deployment that travels with its data, such as the key with which it signs.
    ///
    /// - Parameters:
    ///   - secret: the secret.
    ///   - purpose: what it is; it opens under the same alone.
    public func sealed(_ secret: [UInt8], purpose: String) throws -> [UInt8] {
        try wrapping.seal(secret, associated: Self.label(purpose))
    }

    /// Opens what ``sealed(_:purpose:)`` made.
    ///
    /// - Throws: ``StorageError`` with code ``StorageError/Code/keys`` when another master key sealed it.
    public func opened(_ sealed: [UInt8], purpose: String) throws -> [UInt8] {
        do {
            return try wrapping.open(sealed, associated: Self.label(purpose))
        } catch {
            throw StorageError(.keys, "主密钥与这份备份不相配，打不开其中的密钥。请找回建立这个部署时的主密钥文件。", detail: "\(error)")
        }
    }

    private static func label(_ purpose: String) -> [UInt8] { Array("yiciban.secret.\(purpose)".utf8) }
}
