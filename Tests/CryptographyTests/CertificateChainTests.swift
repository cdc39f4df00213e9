import Cryptography
import Testing

@Suite("Certificate chains")
struct CertificateChainTests {
    private typealias Fixture = CertificateFixture
    private let fixture: CertificateFixture

    init() throws {
        fixture = try CertificateFixture()
    }

    @Test("a signer's certificate leads over the issuing authority to the root")
    func trusted() throws {
        let result = try CertificateChain.verify(
            leaf: fixture.signer, intermediates: [fixture.issuing], roots: [fixture.root], at: Fixture.now)
        #expect(result.isTrusted)
        #expect(result.chain == [fixture.signer, fixture.issuing, fixture.root])
    }

    @Test("superfluous authorities and roots do no harm")
    func superfluous() throws {
        let other = try Fixture()
        #expect(
            try fixture.failures(
                intermediates: [other.issuing, fixture.root, fixture.issuing], roots: [other.root, fixture.root]
            ).isEmpty)
    }

    @Test(
        "validity is judged at the instant given, its ends included",
        arguments: [
            (Fixture.start - 1, [CertificateChain.Code.notYetValid]), (Fixture.start, []),
            (Fixture.start + 2 * Fixture.year + 999, []), (Fixture.start + 2 * Fixture.year + 1_000, [.expired]),
        ])
    func validity(time: Int64, expected: [CertificateChain.Code]) throws {
        #expect(try Set(fixture.failures(at: time)) == Set(expected))
    }

    @Test("of two certificates of one authority the valid one is taken")
    func renewal() throws {
        var builder = Fixture.builder("岳阳签发", .issuing())
        builder.notAfter = Fixture.start + 1_000
        let old = try builder.signed(for: fixture.issuingKey.publicKey, issuer: fixture.root, by: fixture.rootKey)
        #expect(try fixture.failures(intermediates: [old, fixture.issuing]).isEmpty)
        #expect(try fixture.failures(intermediates: [fixture.issuing, old]).isEmpty)
        #expect(try fixture.failures(intermediates: [old]) == [.expired])
    }

    @Test("each expired certificate of the chain is named")
    func depths() throws {
        let result = try CertificateChain.verify(
            leaf: fixture.signer, intermediates: [fixture.issuing], roots: [fixture.root],
            at: Fixture.start + 30 * Fixture.year)
        #expect(Set(result.failures) == Set((0...2).map { CertificateChain.Failure(code: .expired, depth: $0) }))
    }

    @Test("several faults are reported together")
    func severalFaults() throws {
        let codes = try fixture.failures(
            roots: [], at: Fixture.start + 3 * Fixture.year, purpose: .issuing)
        #expect(codes.contains(.expired))
        #expect(codes.contains(.issuerMissing))
        #expect(codes.contains(.keyUsage))
    }

    @Test("a missing authority is named")
    func missingIntermediate() throws {
        #expect(try fixture.failures(intermediates: []).contains(.issuerMissing))
    }

    @Test("a root that nobody trusts does not help, even when it is handed in")
    func untrustedRoot() throws {
        let codes = try fixture.failures(intermediates: [fixture.issuing, fixture.root], roots: [])
        #expect(codes.contains(.untrustedRoot))
        #expect(try fixture.failures(of: fixture.root, roots: [], purpose: .issuing).contains(.untrustedRoot))
    }

    @Test("an impostor with the authority's name but another key is found out")
    func impostor() throws {
        let other = try Fixture()
        let codes = try fixture.failures(of: other.signer)
        #expect(!codes.isEmpty)
        #expect(!other.signer.isIssued(by: fixture.issuing))
    }

    @Test("a forged signature is named", arguments: [1, 5])
    func forged(offset: Int) throws {
        // The last bytes belong to the signature's number s, so that the certificate stays readable.
        var der = fixture.signer.der
        der[der.count - offset] ^= 1
        #expect(try fixture.failures(of: Certificate(der: der)) == [.signature])
    }

    @Test("more authorities than the path length permits are refused")
    func pathLength() throws {
        let key = try SM2.PrivateKey.generate()
        let below = try Fixture.builder("下级", .issuing()).signed(
            for: key.publicKey, issuer: fixture.issuing, by: fixture.issuingKey)
        let leaf = try Fixture.builder("某人", .endEntity()).signed(
            for: fixture.signerKey.publicKey, issuer: below, by: key)
        #expect(try fixture.failures(of: leaf, intermediates: [fixture.issuing, below]) == [.pathLength])
    }

    @Test("the key usage must permit the purpose")
    func purpose() throws {
        let leaf = try Fixture.builder("加密", .endEntity([.keyEncipherment])).signed(
            for: fixture.signerKey.publicKey, issuer: fixture.issuing, by: fixture.issuingKey)
        #expect(try fixture.failures(of: leaf) == [.keyUsage])
        #expect(try fixture.failures(of: leaf, purpose: .any).isEmpty)
        #expect(try fixture.failures(purpose: .issuing) == [.keyUsage])
        #expect(try fixture.failures(of: fixture.issuing, purpose: .issuing).isEmpty)
    }

    @Test("an end entity that signs certificates is not an authority")
    func notAuthority() throws {
        let command = try OpenSSLCommand()
        try command.write(fixture.signer.pem, to: "signer.pem")
        try command.write(fixture.signerKey.pem(), to: "signer.key")
        try command.write(fixture.issuingKey.pem(), to: "leaf.key")
        try command.write("keyUsage=critical,digitalSignature\nsubjectKeyIdentifier=hash\n", to: "leaf.ext")
        try command.run("req", "-new", "-key", "leaf.key", "-subj", "/CN=leaf", "-out", "leaf.csr", "-sm3")
        try command.run(
            "x509", "-req", "-in", "leaf.csr", "-CA", "signer.pem", "-CAkey", "signer.key", "-sm3", "-sigopt",
            "distid:1234567812345678", "-days", "30", "-extfile", "leaf.ext", "-out", "leaf.pem")
        let leaf = try Certificate(pem: command.readText("leaf.pem"))
        let codes = try fixture.failures(
            of: leaf, intermediates: [fixture.issuing, fixture.signer], at: leaf.notBefore)
        #expect(codes.contains(.notAuthority))
    }

    @Test("the openssl command accepts our chain, strictly")
    func acceptedThere() throws {
        let command = try OpenSSLCommand()
        try command.write(fixture.root.pem, to: "root.pem")
        try command.write(fixture.issuing.pem, to: "issuing.pem")
        try command.write(fixture.signer.pem, to: "signer.pem")
        // The command sets the identifier on the certificate it is asked about only, hence one step at a time.
        for (trusted, asked) in [("root.pem", "root.pem"), ("root.pem", "issuing.pem"), ("issuing.pem", "signer.pem")] {
            let result = try command.run(
                "verify", "-x509_strict", "-partial_chain", "-attime", "\(Fixture.now / 1000)", "-vfyopt",
                "distid:1234567812345678", "-trusted", trusted, asked)
            #expect(result.status == 0, "\(asked): \(result.output)")
        }
    }

    @Test("we accept the openssl command's chain")
    func acceptedHere() throws {
        let command = try OpenSSLCommand()
        let id = "distid:1234567812345678"
        try command.run("genpkey", "-algorithm", "SM2", "-out", "root.key")
        try command.run("genpkey", "-algorithm", "SM2", "-out", "leaf.key")
        try command.run(
            "req", "-x509", "-key", "root.key", "-sm3", "-sigopt", id, "-subj", "/C=CN/CN=root", "-days", "30",
            "-addext",
            "keyUsage=critical,keyCertSign", "-out", "root.pem")
        try command.write("keyUsage=critical,nonRepudiation\nsubjectKeyIdentifier=hash\n", to: "leaf.ext")
        try command.run("req", "-new", "-key", "leaf.key", "-subj", "/C=CN/CN=leaf", "-out", "leaf.csr", "-sm3")
        try command.run(
            "x509", "-req", "-in", "leaf.csr", "-CA", "root.pem", "-CAkey", "root.key", "-sm3", "-sigopt", id, "-days",
            "30", "-extfile", "leaf.ext", "-out", "leaf.pem")
        let root = try Certificate(pem: command.readText("root.pem"))
        let leaf = try Certificate(pem: command.readText("leaf.pem"))
        #expect(leaf.isIssued(by: root))
        #expect(try fixture.failures(of: leaf, intermediates: [], roots: [root], at: leaf.notBefore).isEmpty)
    }

    @Test("every failure has its own code and a Chinese remedy")
    func texts() {
        #expect(Set(CertificateChain.Code.allCases.map(\.message)).count == CertificateChain.Code.allCases.count)
        let failure = CertificateChain.Failure(code: .expired, depth: 1)
        #expect(failure.description == "第 2 级证书：已过有效期，请到签发机构换发（cryptography.chain.expired）")
    }
}
