public import Cryptography

extension SealSignature {
    /// The largest encoding that is looked at, in bytes; real ones have some kilobytes and a picture.
    public static let maximumSize = 8 << 20

    /// Reads a signature, of version 4, 5 or the old 1.
    ///
    /// - Throws: `DERError` with the field that doesn't fit.
    public init(der: [UInt8]) throws(DERError) {
        var reader = DERReader(der)
        let element = try reader.element(DERTag.sequence, "SES_Signature")
        try reader.end("SES_Signature")
        var parts = DERReader(element)
        let signed = try parts.element(DERTag.sequence, "toSign")
        var fields = DERReader(signed)
        let start = fields
        version = try fields.integer("toSign.version")
        seal = try ElectronicSeal(try fields.element(DERTag.sequence, "eseal"))
        // The old form of GM/T 0031-2014 keeps certificate and algorithm inside of what is signed.
        let isOld = parts.nextTag == DERTag.bitString
        guard version == seal.version, isOld == (version == 1) else { throw start.failure(.content, "version") }
        signedAt = try Self.time(&fields)
        dataHash = try fields.bits("dataHash")
        property = try fields.text(DERTag.ia5String, "propertyInfo")
        if isOld {
            signerCertificate = try fields.octets("cert")
            algorithm = try fields.identifier("signatureAlgorithm")
            extensions = []
        } else {
            extensions = fields.isAtEnd ? [] : try SealExtension.list(&fields)
            signerCertificate = try parts.octets("cert")
            algorithm = try parts.identifier("signatureAlgID")
        }
        try fields.end("toSign")
        signature = try parts.bits("signature")
        timeStamp = parts.isAtEnd ? nil : try Self.timeStamp(&parts)
        try parts.end("SES_Signature")
        signedBytes = Array(signed.bytes)
    }

    /// A time; the old form wraps it, or its text, into a BIT STRING.
    private static func time(_ fields: inout DERReader) throws(DERError) -> Int64 {
        guard fields.nextTag == DERTag.bitString else { return try fields.time("timeInfo") }
        let start = fields
        let bits = try fields.bits("timeInfo")
        for candidate in [bits, DER.element(DERTag.generalizedTime, bits), DER.element(DERTag.utcTime, bits)] {
            var inside = DERReader(candidate)
            if let time = try? inside.time("timeInfo"), inside.isAtEnd { return time }
        }
        throw start.failure(.content, "timeInfo")
    }

    /// Programs differ: the token stands in a BIT STRING, with `[0]` around it or without.
    private static func timeStamp(_ parts: inout DERReader) throws(DERError) -> [UInt8] {
        guard parts.nextTag == DERTag.context(0) else { return try parts.bits("timeStamp") }
        var inside = DERReader(try parts.element("timeStamp"))
        let token = try inside.bits("timeStamp")
        try inside.end("timeStamp")
        return token
    }
}
