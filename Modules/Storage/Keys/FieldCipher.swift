import Cryptography

/// Seals single values for the database and makes the keyed digests by which they are found again (DESIGN §7).
///
/// A sealed value is `version (1) ‖ key number (4, big endian) ‖ SM4 box`. Its context, for example
/// `identity_person.name/01hz…`, is authenticated with it, so that it can't be moved to another row or column.
public struct FieldCipher: Sendable {
    let keyring: Keyring

    static let version: UInt8 = 1
    static let headerLength = 5

    /// Seals a value.
    ///
    /// - Parameters:
    ///   - plain: the value.
    ///   - context: table, column and row to which it belongs.
    ///   - seed: made before the write closure; the nonce is derived from it, the context and the value.
    public func seal(_ plain: [UInt8], context: String, seed: Seed) throws -> [UInt8] {
        let (id, cipher) = try keyring.sealing()
        let header = Self.header(key: id)
        return header
            + (try cipher.seal(
                plain, associated: header + Array(context.utf8), nonce: seed.nonce(context, for: plain)))
    }

    /// Opens a sealed value.
    ///
    /// - Throws: ``StorageError`` with code ``StorageError/Code/keys`` when it was changed, moved from another
    ///   context, or sealed under a key that is not there.
    public func open(_ sealed: [UInt8], context: String) throws -> [UInt8] {
        guard let id = Self.key(of: sealed) else { throw Self.unopenable("no header") }
        let cipher = try keyring.opening(id)
        do {
            let header = Array(sealed.prefix(Self.headerLength))
            return try cipher.open(
                Array(sealed.dropFirst(Self.headerLength)), associated: header + Array(context.utf8))
        } catch {
            throw Self.unopenable("\(error)")
        }
    }

    /// Seals a text; see ``seal(_:context:seed:)``.
    public func sealText(_ plain: String, context: String, seed: Seed) throws -> [UInt8] {
        try seal(Array(plain.utf8), context: context, seed: seed)
    }

    /// Opens a sealed text; see ``open(_:context:)``.
    public func openText(_ sealed: [UInt8], context: String) throws -> String {
        guard let text = String(validating: try open(sealed, context: context), as: UTF8.self) else {
            throw Self.unopenable("not UTF-8")
        }
        return text
    }

    /// A keyed digest by which an encrypted value is found again (blind index, 盲索引): 32 bytes.
    ///
    /// Its key never rotates. The caller brings the value to one form first, for example without spaces.
    ///
    /// - Parameter purpose: for example `identity.resident_id`; equal values under two purposes have unlike digests.
    public func blindIndex(_ value: String, purpose: String) -> [UInt8] {
        keyed("index", purpose, Array(value.utf8))
    }

    /// A keyed digest of bytes, for the journal and for content addresses: 32 bytes.
    public func digest(_ bytes: [UInt8], purpose: String) -> [UInt8] {
        keyed("digest", purpose, bytes)
    }

    /// A keyed digest of several values in order, told apart by kind and length: 32 bytes.
    public func digest(of values: [SQLValue], purpose: String) -> [UInt8] {
        var bytes = CanonicalBytes()
        for value in values { bytes.append(value) }
        return digest(bytes.bytes, purpose: purpose)
    }

    /// The number of the key under which a value is sealed; nil if it is not a sealed value.
    static func key(of sealed: [UInt8]) -> UInt32? {
        guard sealed.count >= headerLength, sealed[0] == version else { return nil }
        return sealed[1..<headerLength].reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// What every value sealed under a key begins with.
    static func header(key: UInt32) -> [UInt8] {
        [version] + withUnsafeBytes(of: key.bigEndian) { Array($0) }
    }

    private func keyed(_ kind: String, _ purpose: String, _ bytes: [UInt8]) -> [UInt8] {
        var message = CanonicalBytes()
        message.append(kind)
        message.append(purpose)
        message.append(bytes)
        return HMACSM3.authenticate(message.bytes, key: keyring.index)
    }

    private static func unopenable(_ detail: String) -> StorageError {
        StorageError(.keys, "加密保存的内容打不开：它被改动过，或被挪到了别处。请联系管理员核查审计日志，并从备份恢复。", detail: detail)
    }
}
