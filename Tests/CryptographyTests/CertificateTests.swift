import Cryptography
import Testing

@Suite("Certificates")
struct CertificateTests {
    private let fixture: CertificateFixture

    init() throws {
        fixture = try CertificateFixture()
    }

    @Test("a certificate says what it was made to say")
    func fields() throws {
        let serial: [UInt8] = [0x01, 0x80, 0xFF]
        var builder = CertificateFixture.builder("李四", .endEntity([.digitalSignature, .keyAgreement]), years: 1)
        builder.serialNumber = serial
        builder.subject.organizationalUnit = "窗口"
        let key = try SM2.PrivateKey.generate().publicKey
        let made = try builder.signed(for: key, issuer: fixture.issuing, by: fixture.issuingKey)
        #expect(made.subject == builder.subject)
        #expect(made.subject.description == "C=CN, O=岳阳市, OU=窗口, CN=李四")
        #expect(made.issuer.commonName == "岳阳签发")
        #expect(made.serialNumber == serial)
        #expect(made.notBefore == CertificateFixture.start)
        #expect(made.notAfter == CertificateFixture.start + CertificateFixture.year)
        #expect(made.publicKey == key)
        #expect(made.keyUsage == [.digitalSignature, .keyAgreement])
        #expect(!made.isCA && !made.isSelfIssued)
        #expect(made.fingerprint == SM3.hash(made.der))
        #expect(fixture.root.isCA && fixture.root.isSelfIssued && fixture.issuing.isCA)
        #expect(fixture.root.keyUsage == [.keyCertSign, .crlSign])
    }

    @Test("instants far in the past and future survive", arguments: [-1_000, 0, 2_524_608_000_000, 4_102_444_800_000])
    func instants(start: Int64) throws {
        var builder = CertificateFixture.builder("根", .root())
        builder.notBefore = start
        builder.notAfter = start + 999 + 3_600_000
        let made = try builder.selfSigned(by: fixture.rootKey)
        #expect(made.notBefore == start)
        #expect(made.notAfter == start + 3_600_000)
    }

    @Test("a certificate comes back from DER and PEM, alone and in a bundle")
    func roundTrip() throws {
        #expect(try Certificate(der: fixture.signer.der) == fixture.signer)
        #expect(try Certificate(pem: fixture.signer.pem) == fixture.signer)
        let bundle = "说明\n" + fixture.root.pem + "\n" + fixture.issuing.pem.replacing("\n", with: "\r\n")
        #expect(try Certificate.all(inPEM: bundle) == [fixture.root, fixture.issuing])
        #expect(try Certificate.all(inPEM: "").isEmpty)
    }

    @Test("random serial numbers differ")
    func serialNumbers() {
        let numbers = (0..<50).map { _ in CertificateFixture.builder("x", .root()).serialNumber }
        #expect(Set(numbers).count == 50)
        #expect(numbers.allSatisfy { $0.count == 16 && $0[0] < 0x80 })
    }

    @Test("bytes after a certificate, missing from it, or none at all are refused")
    func trailingBytes() {
        let der = fixture.signer.der
        for bytes in [der + [0], Array(der.dropLast()), [], [0x30, 0]] {
            expect(.certificateFormat) { _ = try Certificate(der: bytes) }
        }
    }

    @Test("a certificate with any byte changed is refused, or no longer issued by its issuer")
    func tampering() {
        let der = fixture.signer.der
        for index in der.indices {
            var changed = der
            changed[index] ^= 1
            let parsed = try? Certificate(der: changed)
            #expect(parsed?.isIssued(by: fixture.issuing) != true, "byte \(index)")
        }
    }

    @Test("a certificate of another algorithm is refused")
    func otherAlgorithm() throws {
        let command = try OpenSSLCommand()
        try command.run(
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", "key", "-subj",
            "/CN=x", "-out", "certificate.pem")
        expect(.certificateAlgorithm) { _ = try Certificate(pem: command.readText("certificate.pem")) }
    }

    @Test("a request that contradicts itself is refused with all findings at once")
    func contradictions() throws {
        var builder = CertificateFixture.builder("", .endEntity([.keyCertSign]))
        builder.notAfter = builder.notBefore
        builder.serialNumber = [0x80]
        let error = #expect(throws: CryptographyError.self) {
            try builder.signed(for: fixture.signerKey.publicKey, issuer: fixture.signer, by: fixture.rootKey)
        }
        #expect(error?.code == .certificateRequest)
        #expect(error?.detail.split(separator: ";").count == 6)
    }

    @Test("an end entity can't sign itself, and a root is not signed by another")
    func wrongDoor() {
        expect(.certificateRequest) {
            _ = try CertificateFixture.builder("x", .endEntity()).selfSigned(by: fixture.rootKey)
        }
        expect(.certificateRequest) {
            _ = try CertificateFixture.builder("x", .root())
                .signed(for: fixture.signerKey.publicKey, issuer: fixture.root, by: fixture.rootKey)
        }
    }

    @Test("validity beyond the issuer's is refused")
    func validity() {
        expect(.certificateRequest) {
            _ = try CertificateFixture.builder("x", .endEntity(), years: 11)
                .signed(for: fixture.signerKey.publicKey, issuer: fixture.issuing, by: fixture.issuingKey)
        }
    }

    @Test("an authority can certify up to its own end, whatever fraction of a second was asked for")
    func fraction() throws {
        var root = CertificateFixture.builder("根", .root())
        root.notAfter += 999
        var leaf = CertificateFixture.builder("x", .endEntity())
        leaf.notAfter += 999
        let issuer = try root.selfSigned(by: fixture.rootKey)
        let made = try leaf.signed(for: fixture.signerKey.publicKey, issuer: issuer, by: fixture.rootKey)
        #expect(made.notAfter == issuer.notAfter)
    }

    @Test("a name too long for a certificate is refused")
    func longName() {
        expect(.certificateRequest) {
            _ = try CertificateFixture.builder(String(repeating: "长", count: 65), .root())
                .selfSigned(by: fixture.rootKey)
        }
    }
}
