import Cryptography

extension ElectronicSeal {
    /// What a seal is made from; the maker's signature comes on top.
    public struct Draft: Sendable, Hashable {
        public var vendor = "YICIBAN"
        public var identifier: String
        public var type = 1
        public var name: String
        /// The certificates in DER that may sign with it.
        public var signers: [[UInt8]]
        /// In milliseconds since 1970 (UTC); also the two below.
        public var createdAt: Int64
        public var validFrom: Int64
        public var validUntil: Int64
        public var picture: Picture

        public init(
            identifier: String, name: String, signers: [[UInt8]], createdAt: Int64, validFrom: Int64,
            validUntil: Int64, picture: Picture
        ) {
            self.identifier = identifier
            self.name = name
            self.signers = signers
            self.createdAt = createdAt
            self.validFrom = validFrom
            self.validUntil = validUntil
            self.picture = picture
        }

        /// `SES_SealInfo` of version 4.
        var information: [UInt8] {
            DER.sequence([
                DER.sequence([
                    DER.text(DERTag.ia5String, "ES"), DER.integer(4), DER.text(DERTag.ia5String, vendor),
                ]),
                DER.text(DERTag.ia5String, identifier),
                DER.sequence([
                    DER.integer(type), DER.text(DERTag.utf8String, name), DER.integer(1),
                    DER.sequence(signers.map(DER.octets)), DER.time(createdAt), DER.time(validFrom),
                    DER.time(validUntil),
                ]),
                DER.sequence([
                    DER.text(DERTag.ia5String, picture.type), DER.octets(picture.data), DER.integer(picture.width),
                    DER.integer(picture.height),
                ]),
            ])
        }
    }

    /// Makes a seal of version 4.
    ///
    /// - Parameters:
    ///   - draft: what it says.
    ///   - certificate: the maker's certificate in DER.
    ///   - sign: signs with the maker's key and gives the signature in DER.
    /// - Returns: the encoding.
    public static func made(
        from draft: Draft, certificate: [UInt8], sign: ([UInt8]) async throws -> [UInt8]
    ) async throws -> [UInt8] {
        let information = draft.information
        let signature = try await sign(information)
        return DER.sequence([
            information, DER.octets(certificate), DER.identifier(SealAlgorithm.signature), DER.bits(signature),
        ])
    }
}

extension SealSignature {
    /// Signs an original with a seal (version 4).
    ///
    /// - Parameters:
    ///   - original: what is signed; in OFD the bytes of `Signature.xml`.
    ///   - property: where the original is.
    ///   - seal: the seal's encoding, taken over byte for byte.
    ///   - time: in milliseconds since 1970 (UTC).
    ///   - certificate: the signer's certificate in DER.
    ///   - sign: signs with the signer's key and gives the signature in DER.
    /// - Returns: the encoding.
    public static func made(
        over original: [UInt8], property: String, seal: [UInt8], at time: Int64, certificate: [UInt8],
        sign: ([UInt8]) async throws -> [UInt8]
    ) async throws -> [UInt8] {
        let signed = DER.sequence([
            DER.integer(4), seal, DER.time(time), DER.bits(SM3.hash(original)),
            DER.text(DERTag.ia5String, property),
        ])
        let signature = try await sign(signed)
        return DER.sequence([
            signed, DER.octets(certificate), DER.identifier(SealAlgorithm.signature), DER.bits(signature),
        ])
    }
}
