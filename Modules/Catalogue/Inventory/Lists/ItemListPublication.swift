public import Cryptography
public import Extension
public import Standards
public import Storage

/// A published list of licences (行政许可事项清单, R02.1): what a division's organs may license, and nothing else, signed
/// by the deployment so that anybody can check it.
public struct ItemListPublication: Sendable, Hashable {
    public let id: Identifier
    public let division: String
    /// 市级 or 县级.
    public let level: AdministrativeLevel
    public let title: String
    public let day: LegalDay
    public let count: Int
    /// The digest of its text.
    public let digest: String
}

/// The key with which lists are signed, and the certificate that goes with it.
public struct ItemListSigner: Sendable {
    let privateKey: SM2.PrivateKey
    let certificate: Certificate

    public init(privateKey: SM2.PrivateKey, certificate: Certificate) {
        self.privateKey = privateKey
        self.certificate = certificate
    }
}

/// A list as a file: the text that was signed, the signature over its bytes, and the certificate.
public struct ItemListFile: Sendable {
    /// The text: canonical JSON of title, division, day and items.
    public let body: String
    public let signature: [UInt8]
    public let certificate: String

    /// The file as it is handed out.
    public var json: JSONValue {
        [
            "format": "yiciban-item-list/1", "body": .string(body), "signature": .string(Base64URL.encode(signature)),
            "certificate": .string(certificate),
        ]
    }

    /// Reads a file.
    ///
    /// - Throws: ``CatalogueError`` when it is none.
    public init(_ text: String) throws {
        guard let value = try? JSONValue(parsing: text), value["format"]?.string == "yiciban-item-list/1",
            let body = value["body"]?.string, let certificate = value["certificate"]?.string,
            let signature = (value["signature"]?.string).flatMap({ try? Base64URL.decode($0) })
        else {
            throw CatalogueError(
                code: "catalogue.list_file", status: 422, title: "不是清单文件", message: "这不是本系统发布的清单文件，或者已经损坏。")
        }
        self.body = body
        self.signature = signature
        self.certificate = certificate
    }

    init(body: String, signature: [UInt8], certificate: String) {
        self.body = body
        self.signature = signature
        self.certificate = certificate
    }

    /// Whether the signature is the certificate's over exactly this text.
    public var isSigned: Bool {
        guard let parsed = try? Certificate(pem: certificate) else { return false }
        return parsed.publicKey.verify(signature, for: Array(body.utf8))
    }
}
