/// An electronic seal as data (电子印章; GB/T 38540-2020 §6, `SESeal`): what it is called, who may use it, how it looks,
/// and the signature of who made it.
public struct ElectronicSeal: Sendable, Hashable {
    /// 1 for GM/T 0031-2014, 4 for GB/T 38540-2020, 5 for the form with a time stamp.
    public let version: Int
    /// The maker's vendor identifier (`Vid`).
    public let vendor: String
    /// The seal's unique identifier (`esID`).
    public let identifier: String
    /// The kind of seal: a code of the maker's, 1 for an organisation's seal here.
    public let type: Int
    /// The seal's name.
    public let name: String
    /// Who may sign with it.
    public let signers: Signers
    /// When it was made, in milliseconds since 1970 (UTC); also the two below.
    public let createdAt: Int64
    public let validFrom: Int64
    public let validUntil: Int64
    public let picture: Picture
    public let extensions: [SealExtension]
    /// The maker's certificate in DER (制章者证书).
    public let makerCertificate: [UInt8]
    /// The algorithm of the signature in dotted form.
    public let algorithm: String
    /// The maker's signature.
    public let signature: [UInt8]
    /// The bytes under the signature, as they stand in the encoding.
    public let signedBytes: [UInt8]
    /// The whole encoding.
    public let der: [UInt8]

    /// The certificates that may sign with a seal (`SES_CertList`).
    public enum Signers: Sendable, Hashable {
        /// The certificates themselves, in DER.
        case certificates([[UInt8]])
        /// Digests of certificates with the name of their algorithm.
        case digests([Digest])
    }

    /// A digest of a certificate (`CertDigestObj`).
    public struct Digest: Sendable, Hashable {
        public let algorithm: String
        public let value: [UInt8]

        public init(algorithm: String, value: [UInt8]) {
            self.algorithm = algorithm
            self.value = value
        }
    }

    /// How a seal looks (`SES_ESPictrueInfo`).
    public struct Picture: Sendable, Hashable {
        /// The form, such as `PNG`.
        public let type: String
        public let data: [UInt8]
        /// Millimetres, not pixels.
        public let width: Int
        public let height: Int

        public init(type: String, data: [UInt8], width: Int, height: Int) {
            self.type = type
            self.data = data
            self.width = width
            self.height = height
        }
    }
}

/// An extension (`ExtData`).
public struct SealExtension: Sendable, Hashable {
    public let identifier: String
    public let isCritical: Bool
    public let value: [UInt8]

    public init(identifier: String, isCritical: Bool, value: [UInt8]) {
        self.identifier = identifier
        self.isCritical = isCritical
        self.value = value
    }
}

/// The object identifiers of SM2, SM3 and their kin (GM/T 0006).
public enum SealAlgorithm {
    /// SM2 signature over SM3.
    public static let signature = "1.2.156.10197.1.501"
    /// SM3.
    public static let digest = "1.2.156.10197.1.401"
    /// The names under which real files state SM3.
    static let digestNames: Set<String> = ["sm3", digest, "1.2.156.10197.1.401.1"]
}
