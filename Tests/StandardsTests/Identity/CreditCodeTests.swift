import Standards
import Testing

@Suite("A unified social credit code")
struct CreditCodeTests {
    @Test("is accepted and read when valid", arguments: Vectors.identifiers.uscc.valid)
    func valid(vector: IdentifierVectors.Credit) throws {
        let code = try CreditCode(vector.uscc)
        #expect(code.text == vector.uscc)
        #expect(code.kind == vector.kind)
        #expect(code.divisionCode == vector.division)
        #expect(code.organisationCode == vector.uscc.dropFirst(8).prefix(9))
        #expect(code.hasValidOrganisationCode)
        #expect(try OrganisationCode(code.organisationCode).text == code.organisationCode)
        #expect(try roundTrip(code) == code)
    }

    @Test("is refused when invalid", arguments: Vectors.identifiers.uscc.invalid)
    func invalid(vector: Refused) throws {
        let error = try #require(refusal(of: try CreditCode(exactly: vector.text)))
        #expect(error.code == (try #require(expectedCode(of: vector.reason))), "\(vector.reason)")
        // Full-width digits are put right by the reading for people, refused by the exact one.
        if vector.reason.hasPrefix("full-width") {
            #expect(try CreditCode(vector.text).text == "91430600M6UPW7CK3K")
        } else {
            #expect(refusal(of: try CreditCode(vector.text)) != nil)
        }
    }

    private func expectedCode(of reason: String) -> StandardsError.Code? {
        let codes: [(String, StandardsError.Code)] = [
            ("check character", .creditCodeChecksum), ("illegal", .creditCodeCharacter), ("length", .creditCodeLength),
            ("empty", .empty), ("division", .creditCodeDivision), ("dept code", .creditCodeKind),
            ("type 8", .creditCodeKind), ("embedded", .organisationCodeChecksum), ("15-digit", .creditCodeLength),
            ("hyphen", .creditCodeCharacter), ("full-width", .creditCodeCharacter),
        ]
        return codes.first { reason.hasPrefix($0.0) }?.1
    }

    @Test("is normalised as it was typed", arguments: Vectors.identifiers.uscc.normalise)
    func normalises(vector: Rewritten) throws {
        #expect(try CreditCode(vector.in).text == vector.out)
    }

    @Test("from the old days may fail GB 11714 inside, which is a warning")
    func legacy() throws {
        let code = try CreditCode(legacy: "91430600MA4L12340L")
        #expect(!code.hasValidOrganisationCode)
        #expect(try roundTrip(code) == code)
        #expect(refusal(of: try CreditCode(legacy: "91430600M6UPW7CK3L"))?.code == .creditCodeChecksum)
    }

    @Test("with any one character changed is refused", arguments: Vectors.identifiers.uscc.valid.map(\.uscc))
    func oneChange(code: String) {
        let characters = Array(code)
        for index in characters.indices {
            for replacement in "0123456789ABCDEFGHJKLMNPQRTUWXY" where replacement != characters[index] {
                var changed = characters
                changed[index] = replacement
                #expect(refusal(of: try CreditCode(String(changed))) != nil)
            }
        }
    }

    @Test("holds an organisation code that may be written with a hyphen")
    func organisationCodes() throws {
        #expect(try OrganisationCode("00610000-2").text == "006100002")
        #expect(refusal(of: try OrganisationCode("006100003"))?.code == .organisationCodeChecksum)
        #expect(refusal(of: try OrganisationCode("0061000"))?.code == .organisationCodeForm)
    }
}
