import Standards
import Testing

@Suite("A licence identifier")
struct LicenceIdentifierTests {
    static let valid = Vectors.identifiers.certificateId.publicExamples + Vectors.identifiers.certificateId.synthetic

    @Test("is read, and made again from its parts", arguments: valid)
    func vectors(vector: IdentifierVectors.Licence) throws {
        let identifier = try LicenceIdentifier(vector.id)
        #expect(identifier.text == vector.id && identifier.checkCharacter == vector.check)
        if let typeCode = vector.typeCode { #expect(identifier.typeCode == typeCode) }
        if let issuer = vector.issuer { #expect(identifier.issuer == issuer) }
        if let serial = vector.serial { #expect(identifier.serial == serial) }
        if let version = vector.version { #expect(identifier.version == Int(version)) }
        let made = try LicenceIdentifier.make(
            typeCode: identifier.typeCode, issuer: identifier.issuer, serial: identifier.serial,
            version: identifier.version)
        #expect(made == identifier)
        #expect(try roundTrip(identifier) == identifier)
    }

    @Test("is refused when invalid", arguments: Vectors.identifiers.certificateId.invalid)
    func invalid(vector: Refused) {
        #expect(refusal(of: try LicenceIdentifier(vector.text)) != nil)
    }

    @Test(
        "says why it is refused",
        arguments: [
            (
                "1.2.156.3005.2.114306000061000020001.114306000061000020.202203080001.001.D",
                StandardsError.Code.licenceChecksum
            ),
            ("1.2.156.3005.2.114306000061000020001.114306000061000020.202203080001.1.C", .licenceVersion),
            ("1.2.156.3005.2.114306000061000020001.114306000061000020.202203080001.000.C", .licenceVersion),
            ("1.2.156.3005.3.114306000061000020001.114306000061000020.202203080001.001.C", .licenceRoot),
            ("1.2.156.3005.2.114306000061000020001.114306000061000020.202203080001.001", .licenceForm),
            ("1.2.156.3005.2.114306000061000020001.11430600.202203080001.001.C", .licenceForm),
            ("1.2.156.3005.2.114306000061000020001.114306000061000020..001.C", .licenceForm),
        ])
    func reasons(text: String, code: StandardsError.Code) {
        #expect(refusal(of: try LicenceIdentifier(text))?.code == code)
    }

    @Test("counts versions up to 999")
    func versions() throws {
        let first = try LicenceIdentifier.make(
            typeCode: "114306000061000020001", issuer: "114306000061000020", serial: "202203080001")
        #expect(first.text.hasSuffix(".001.C"))
        #expect(try first.nextVersion().text.hasSuffix(".002.A"))
        let last = try LicenceIdentifier.make(
            typeCode: first.typeCode, issuer: first.issuer, serial: first.serial, version: 999)
        #expect(refusal(of: try last.nextVersion())?.code == .licenceVersion)
    }

    @Test("with any one character of its parts changed is refused", arguments: valid.map(\.id))
    func oneChange(text: String) {
        let characters = Array(text)
        for index in characters.indices.dropFirst(15) where characters[index] != "." {
            for replacement in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ" where replacement != characters[index] {
                var changed = characters
                changed[index] = replacement
                #expect(refusal(of: try LicenceIdentifier(String(changed))) != nil)
            }
        }
    }
}
