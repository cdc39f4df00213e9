/// What can be wrong with a seal, a signature made with it, or the document that carries it; the raw values are stable.
///
/// The names are those of the verification order of GB/T 38540-2020 §6.3 and §7.3 and of OFD (GB/T 33190-2016).
public enum SealCode: String, Sendable, Hashable, CaseIterable {
    case format = "FORMAT"
    case picture = "PICTURE"
    case sealSignature = "SEAL_SIGNATURE"
    case makerUntrusted = "SEAL_MAKER_CERT_UNTRUSTED"
    case makerExpired = "SEAL_MAKER_CERT_EXPIRED"
    case makerNotYet = "SEAL_MAKER_CERT_NOT_YET"
    case makerRevoked = "SEAL_MAKER_CERT_REVOKED"
    case makerUsage = "SEAL_MAKER_CERT_USAGE"
    case makerInvalid = "SEAL_MAKER_CERT_INVALID"
    case sealNotYet = "SEAL_NOT_YET"
    case sealExpired = "SEAL_EXPIRED"
    case sealRevoked = "SEAL_REVOKED"
    case sealUnknown = "SEAL_UNKNOWN"
    case signValue = "SIGN_VALUE"
    case signerNotInSeal = "SIGNER_NOT_IN_SEAL"
    case signerUntrusted = "SIGNER_CERT_UNTRUSTED"
    case signerExpired = "SIGNER_CERT_EXPIRED"
    case signerNotYet = "SIGNER_CERT_NOT_YET"
    case signerRevoked = "SIGNER_CERT_REVOKED"
    case signerUsage = "SIGNER_CERT_USAGE"
    case signerInvalid = "SIGNER_CERT_INVALID"
    case signTime = "SIGN_TIME"
    case dataHash = "DATA_HASH"
    case timeStamp = "TIMESTAMP"
    case fileHash = "FILE_HASH"
    case sealMismatch = "SEAL_MISMATCH"
    case coverage = "COVERAGE"
    /// The archive is damaged.
    case containerDamaged = "CONTAINER_DAMAGED"
    /// It, or something in it, is too large when unpacked.
    case containerSize = "CONTAINER_TOO_LARGE"
    /// A path in it leads outside.
    case containerPath = "CONTAINER_PATH"
    /// Two members have one name.
    case containerDuplicate = "CONTAINER_DUPLICATE"
    /// An XML document in it defines entities or is otherwise refused.
    case containerUnsafe = "CONTAINER_UNSAFE"
    /// Something that it names is not in it.
    case containerMissing = "CONTAINER_MISSING"
    /// It carries no signature at all.
    case unsigned = "UNSIGNED"
}

/// One thing that was found wrong.
public struct SealFinding: Sendable, Hashable {
    public let code: SealCode
    /// What is wrong and what to do, in Chinese.
    public let message: String
    /// What it is about, such as a path in the package; empty for none.
    public let subject: String

    public init(_ code: SealCode, _ message: String, subject: String = "") {
        self.code = code
        self.message = message
        self.subject = subject
    }
}
