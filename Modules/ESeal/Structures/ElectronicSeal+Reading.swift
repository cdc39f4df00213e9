public import Cryptography

extension ElectronicSeal {
    /// Reads a seal, of version 4, 5 or the old 1.
    ///
    /// - Throws: `DERError` with the field that doesn't fit.
    public init(der: [UInt8]) throws(DERError) {
        var reader = DERReader(der)
        let element = try reader.element(DERTag.sequence, "SESeal")
        try reader.end("SESeal")
        try self.init(element)
    }

    /// Reads a seal inside of something else.
    init(_ element: DERElement) throws(DERError) {
        var seal = DERReader(element)
        let info = try seal.element(DERTag.sequence, "eSealInfo")
        var fields = DERReader(info)
        let header = try Header(&fields)
        let isOld = header.version == 1
        version = header.version
        vendor = header.vendor
        identifier = try fields.text(DERTag.ia5String, "esID")
        let property = try Property(&fields, isOld: isOld)
        (type, name, signers) = (property.type, property.name, property.signers)
        (createdAt, validFrom, validUntil) = (property.createdAt, property.validFrom, property.validUntil)
        picture = try Picture(&fields)
        extensions = fields.isAtEnd ? [] : try SealExtension.list(&fields)
        try fields.end("eSealInfo")
        if isOld {
            var sign = try seal.sequence("signInfo")
            let certificate = try sign.element(DERTag.octetString, "cert")
            let algorithm = try sign.element(DERTag.objectIdentifier, "signatureAlgorithm")
            makerCertificate = Array(certificate.content)
            self.algorithm = try Self.dotted(algorithm)
            signature = try sign.bits("signData")
            try sign.end("signInfo")
            // GM/T 0031-2014 signs certificate and algorithm together with the information.
            signedBytes = DER.sequence([info, certificate, algorithm].map { Array($0.bytes) })
        } else {
            makerCertificate = try seal.octets("cert")
            algorithm = try seal.identifier("signAlgID")
            signature = try seal.bits("signedValue")
            signedBytes = Array(info.bytes)
            // Version 5 may carry a time stamp of the making.
            if seal.nextTag == DERTag.context(0) { _ = try seal.element("timeStamp") }
        }
        try seal.end("SESeal")
        der = Array(element.bytes)
    }

    private static func dotted(_ element: DERElement) throws(DERError) -> String {
        var reader = DERReader(element.bytes)
        return try reader.identifier("signatureAlgorithm")
    }

    private struct Header {
        let version: Int
        let vendor: String

        init(_ fields: inout DERReader) throws(DERError) {
            let start = fields
            var header = try fields.sequence("header")
            let mark = try header.text(DERTag.ia5String, "header.ID")
            version = try header.integer("header.version")
            vendor = try header.text(DERTag.ia5String, "header.Vid")
            try header.end("header")
            guard mark == "ES", [1, 4, 5].contains(version) else { throw start.failure(.content, "header") }
        }
    }

    private struct Property {
        let type: Int
        let name: String
        let signers: Signers
        let createdAt: Int64
        let validFrom: Int64
        let validUntil: Int64

        init(_ fields: inout DERReader, isOld: Bool) throws(DERError) {
            var property = try fields.sequence("property")
            type = try property.integer("property.type")
            name = try property.text(DERTag.utf8String, "property.name")
            let start = property
            let kind = isOld ? 1 : try property.integer("certListType")
            switch kind {
            case 1: signers = .certificates(try Self.certificates(&property))
            case 2: signers = .digests(try Self.digests(&property))
            default: throw start.failure(.content, "certListType")
            }
            createdAt = try property.time("createDate")
            validFrom = try property.time("validStart")
            validUntil = try property.time("validEnd")
            try property.end("property")
        }

        private static func certificates(_ property: inout DERReader) throws(DERError) -> [[UInt8]] {
            var list = try property.sequence("certs")
            var all: [[UInt8]] = []
            while !list.isAtEnd { all.append(try list.octets("certs")) }
            return all
        }

        private static func digests(_ property: inout DERReader) throws(DERError) -> [Digest] {
            var list = try property.sequence("certDigestList")
            var all: [Digest] = []
            while !list.isAtEnd {
                var entry = try list.sequence("CertDigestObj")
                all.append(
                    Digest(
                        algorithm: try entry.text(DERTag.printableString, "CertDigestObj.type"),
                        value: try entry.octets("CertDigestObj.value")))
                try entry.end("CertDigestObj")
            }
            return all
        }
    }
}

extension ElectronicSeal.Picture {
    fileprivate init(_ fields: inout DERReader) throws(DERError) {
        var picture = try fields.sequence("picture")
        let start = picture
        type = try picture.text(DERTag.ia5String, "picture.type")
        data = try picture.octets("picture.data")
        width = try picture.integer("picture.width")
        height = try picture.integer("picture.height")
        try picture.end("picture")
        guard (1...1000).contains(width), (1...1000).contains(height) else {
            throw start.failure(.content, "picture")
        }
    }
}

extension SealExtension {
    /// Reads `ExtensionDatas` as it stands, or inside of `[0]`.
    static func list(_ fields: inout DERReader) throws(DERError) -> [SealExtension] {
        if fields.nextTag == DERTag.context(0) {
            var inside = DERReader(try fields.element("extDatas"))
            let all = try list(&inside)
            try inside.end("extDatas")
            return all
        }
        var list = try fields.sequence("extDatas")
        var all: [SealExtension] = []
        while !list.isAtEnd {
            var entry = try list.sequence("ExtData")
            let identifier = try entry.identifier("extnID")
            let isCritical = entry.nextTag == DERTag.boolean ? try entry.boolean("critical") : false
            all.append(
                SealExtension(identifier: identifier, isCritical: isCritical, value: try entry.octets("extnValue")))
            try entry.end("ExtData")
        }
        return all
    }
}
