import Cryptography
import Extension
import Standards
import Storage

@testable import Licences

/// A signer under a root of its own, and a birth certificate (出生医学证明) that it signed.
struct LicenceFixture {
    /// 2026-03-02T08:00:00Z.
    static let now = Instant(milliseconds: 1_772_438_400_000)
    static let year: Int64 = 365 * 86_400_000
    static let issuer = "11430611M4X9P96D90"

    let rootKey: SM2.PrivateKey
    let issuingKey: SM2.PrivateKey
    let signerKey: SM2.PrivateKey
    let root: Certificate
    let issuing: Certificate
    let certificate: Certificate

    /// - Parameter validFor: how long the signing certificate holds after ``now``, in milliseconds.
    init(validFor: Int64 = year) throws {
        rootKey = try .generate()
        issuingKey = try .generate()
        signerKey = try .generate()
        let start = Self.now.milliseconds - Self.year
        func builder(_ name: String, _ profile: CertificateBuilder.Profile, until: Int64) -> CertificateBuilder {
            CertificateBuilder(
                subject: DistinguishedName(commonName: name), profile: profile, notBefore: start, notAfter: until)
        }
        let end = Self.now.milliseconds + 5 * Self.year
        root = try builder("演练根", .root(), until: end).selfSigned(by: rootKey)
        issuing = try builder("演练签发", .issuing(), until: end)
            .signed(for: issuingKey.publicKey, issuer: root, by: rootKey)
        certificate = try builder("岳阳市证照", .endEntity(), until: Self.now.milliseconds + validFor)
            .signed(for: signerKey.publicKey, issuer: issuing, by: issuingKey)
    }

    var signer: LicenceSigner {
        get throws { try LicenceSigner(privateKey: signerKey, certificate: certificate, chain: [issuing, root]) }
    }

    /// What a birth certificate of a child without an identity number says.
    static func statement(_ change: (inout LicenceStatement) throws -> Void = { _ in }) throws -> LicenceStatement {
        var statement = LicenceStatement()
        statement.id = "01kjp9m4000000000000000000"
        statement.type = "出生医学证明"
        statement.title = "出生医学证明"
        statement.number = "Z430012345"
        statement.identifier = try LicenceIdentifier.make(
            typeCode: "11100000000013338W011", issuer: issuer, serial: "20230000403"
        ).text
        statement.holders = [LicenceHolder(party: nil, name: "王𬱖")]
        statement.issuer = LicenceIssuer(name: "岳阳市卫生健康委员会", creditCode: try CreditCode(issuer))
        statement.issuedOn = now.day
        statement.fields = [LicenceField("出生时间", "2026年2月28日\n06时20分"), LicenceField("母亲姓名", "李春梅")]
        statement.division = "430600"
        try change(&statement)
        return statement
    }

    /// A signed file.
    func file(
        at instant: Instant = now, _ change: (inout LicenceStatement) throws -> Void = { _ in }
    ) throws -> [UInt8] {
        try LicenceFile.signed(Self.statement(change), at: instant, by: signer)
    }

    /// A file whose document was changed after signing; `resigned` makes the signature fit again.
    func changed(
        _ bytes: [UInt8], resigned: Bool = false, _ change: (inout [String: JSONValue]) -> Void
    ) throws -> [UInt8] {
        guard case .object(var members) = try JSONParser.parse(bytes) else { return [] }
        change(&members)
        if resigned {
            let signature = try signerKey.sign(LicenceFile.signedBytes(of: .object(members)))
            members["signature"] = .string(StrictBase64.encode(signature))
        }
        return Array(JSONValue.object(members).canonical.utf8)
    }

    /// Verifies under the fixture's root.
    func verify(_ bytes: [UInt8], at instant: Instant = now) -> LicenceVerification {
        LicenceVerifier(trustedRoots: [root]).verify(bytes, at: instant)
    }

    func codes(_ bytes: [UInt8], at instant: Instant = now) -> [String] {
        verify(bytes, at: instant).failures.map(\.code)
    }
}
