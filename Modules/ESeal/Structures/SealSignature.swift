/// A signature made with an electronic seal (电子签章; GB/T 38540-2020 §7, `SES_Signature`).
public struct SealSignature: Sendable, Hashable {
    public let version: Int
    public let seal: ElectronicSeal
    /// When it was made by the signer's clock, in milliseconds since 1970 (UTC).
    public let signedAt: Int64
    /// The digest of the original (原文).
    public let dataHash: [UInt8]
    /// Where the original is: in OFD the path of `Signature.xml` in the package.
    public let property: String
    public let extensions: [SealExtension]
    /// The signer's certificate in DER (签章者证书).
    public let signerCertificate: [UInt8]
    /// The algorithm of the signature in dotted form.
    public let algorithm: String
    public let signature: [UInt8]
    /// A time-stamp token (RFC 3161) over the signature value; nil for none.
    public let timeStamp: [UInt8]?
    /// The bytes under the signature, as they stand in the encoding.
    public let signedBytes: [UInt8]
}
