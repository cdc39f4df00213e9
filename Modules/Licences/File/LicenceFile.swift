import Cryptography
public import Extension
public import Standards

/// The signed file of a licence issued here: one canonical JSON document with everything that its check needs.
///
/// ```json
/// {"algorithm":"SM2-SM3","certificate":"…","chain":["…"],"format":"yiciban-licence/1",
///  "licence":{…},"signature":"…","signed_at":"2026-11-22T13:00:00.000Z"}
/// ```
///
/// - Canonical means: UTF-8, members sorted by name, no white space, the shortest escapes (as RFC 8785 has it). There is
///   one sequence of bytes for one content, so that any changed byte is noticed, wherever it stands.
/// - `certificate` and `chain` are X.509 in DER, base64 with padding; the chain leads to the root inclusive.
/// - `signature` is SM2 with SM3 (GB/T 32918.2-2016, identifier `1234567812345678`) in DER and base64, over the canonical
///   bytes of the document **without** the member `signature`.
public struct LicenceFile: SchemaType, Hashable {
    public static let contentType = "application/vnd.yiciban.licence+json"
    public static let fileExtension = "licence"
    /// The largest file that is looked at, in bytes.
    public static let maximumSize = 1 << 20
    static let maximumChain = 8
    static let currentFormat = "yiciban-licence/1"
    static let currentAlgorithm = "SM2-SM3"

    /// The version of this form.
    public var format = ""
    /// The signature's algorithm.
    public var algorithm = ""
    /// The signer's certificate: base64 of the DER.
    public var certificate = ""
    /// The issuing authorities up to the root: base64 of the DER.
    public var chain: [String] = []
    /// When it was signed, by the signer's own clock, UTC.
    public var signedAt = Instant(milliseconds: 0)
    /// What the licence says.
    public var licence = LicenceStatement()
    /// The signature: base64 of the DER.
    public var signature = ""

    public init() {}

    public static let schema = Schema<LicenceFile> {
        Field("format", \.format, .text(min: 1, max: 40), doc: "文件格式")
        Field("algorithm", \.algorithm, .text(min: 1, max: 40), doc: "签名算法")
        Field("certificate", \.certificate, .text(min: 1, max: 16_000), doc: "签名证书")
        Field("chain", \.chain, .list(of: .text(min: 1, max: 16_000), max: maximumChain), doc: "证书链")
        Field("signed_at", \.signedAt, .instant, doc: "签名时间")
        Field("licence", \.licence, .object, doc: "证照信息")
        Field("signature", \.signature, .text(min: 1, max: 200), doc: "签名值")
    }
}

extension LicenceFile {
    /// Makes the signed file of a licence.
    ///
    /// SM2 signatures are random, so two calls give two files; each verifies. A write closure that runs again therefore
    /// stores another signature of the same statement, which harms nobody: only the committed one is ever given out.
    ///
    /// - Throws: ``LicenceError`` with `licences.signer` when a certificate is not valid at that time.
    static func signed(_ statement: LicenceStatement, at instant: Instant, by signer: LicenceSigner) throws -> [UInt8] {
        try signer.requireValidity(at: instant)
        var file = LicenceFile()
        file.format = currentFormat
        file.algorithm = currentAlgorithm
        file.certificate = StrictBase64.encode(signer.certificate.der)
        file.chain = signer.chain.map { StrictBase64.encode($0.der) }
        file.signedAt = instant
        file.licence = statement
        let document = try JSONParser.parse(file.json)
        file.signature = StrictBase64.encode(try signer.privateKey.sign(signedBytes(of: document)))
        return Array(try JSONParser.parse(file.json).canonical.utf8)
    }

    /// The bytes under the signature: the canonical document without its signature.
    static func signedBytes(of document: JSONValue) -> [UInt8] {
        guard case .object(var members) = document else { return [] }
        members["signature"] = nil
        return Array(JSONValue.object(members).canonical.utf8)
    }
}
