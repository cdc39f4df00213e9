import Foundation
import Standards
import Testing

@Suite("A resident ID number")
struct ResidentIDTests {
    let today = LegalDay(ordinal: 20_779)

    @Test("is accepted and read when valid", arguments: Vectors.identifiers.residentId.valid)
    func valid(vector: IdentifierVectors.Resident) throws {
        let id = try ResidentID(vector.id, today: today)
        #expect(id.text == vector.id)
        #expect(try ResidentID(exactly: vector.id) == id)
        #expect(id.birthDay.text == vector.birth)
        #expect(id.sex == (vector.sex == "M" ? .male : .female))
        #expect(id.divisionCode == vector.area)
        #expect(id.masked == vector.id.prefix(6) + "********" + vector.id.suffix(4))
        #expect(try roundTrip(id) == id)
    }

    @Test("is refused when invalid", arguments: Vectors.identifiers.residentId.invalid)
    func invalid(vector: Refused) throws {
        // Full-width digits are put right by the reading for people, refused by the exact one.
        if vector.reason.hasPrefix("full-width") {
            #expect(refusal(of: try ResidentID(exactly: vector.text))?.code == .residentIDCharacter)
            #expect(try ResidentID(vector.text).text == "430602190904265454")
        } else {
            let error = try #require(refusal(of: try ResidentID(vector.text, today: today)))
            #expect(error.code == (try #require(expectedCode(of: vector.reason))), "\(vector.reason)")
            #expect(vector.text.isEmpty || !error.description.contains(vector.text))
        }
    }

    private func expectedCode(of reason: String) -> StandardsError.Code? {
        let codes: [(String, StandardsError.Code)] = [
            ("checksum", .residentIDChecksum), ("illegal", .residentIDCharacter), ("length", .residentIDLength),
            ("empty", .empty), ("15-digit", .residentIDFirstGeneration),
            ("birth date in the future", .residentIDFuture),
            ("birth date", .residentIDBirthDay), ("unknown division", .residentIDDivision),
            ("letter", .residentIDCharacter), ("X not", .residentIDCharacter),
        ]
        return codes.first { reason.hasPrefix($0.0) }?.1
    }

    @Test("is normalised as it was typed", arguments: Vectors.identifiers.residentId.normalise)
    func normalises(vector: Rewritten) throws {
        #expect(try ResidentID(vector.in).text == vector.out)
        #expect(refusal(of: try ResidentID(exactly: vector.in)) != nil)
    }

    @Test("of 15 digits is upgraded", arguments: Vectors.identifiers.residentId.upgrade15to18)
    func upgrades(vector: Rewritten) throws {
        #expect(try ResidentID.upgrading(fifteenDigits: vector.in).text == vector.out)
    }

    @Test("of 15 digits and a centenarian's order code is upgraded to the century before")
    func upgradesCentenarian() throws {
        #expect(try ResidentID.upgrading(fifteenDigits: "430602980101996").birthDay.text == "1898-01-01")
        #expect(refusal(of: try ResidentID.upgrading(fifteenDigits: "43060298010199"))?.code == .residentIDLength)
        #expect(refusal(of: try ResidentID.upgrading(fifteenDigits: "43060298010199A"))?.code == .residentIDCharacter)
    }

    @Test("with any one character changed is refused", arguments: 0..<40)
    func oneChange(seed: Int) throws {
        var generator = SeededGenerator(seed: UInt64(seed))
        let number = Array(try makeNumber(&generator))
        for index in number.indices {
            for replacement in "0123456789X" where replacement != number[index] {
                var changed = number
                changed[index] = replacement
                #expect(refusal(of: try ResidentID(String(changed))) != nil)
            }
        }
    }

    @Test("with two different neighbours exchanged is refused", arguments: 0..<40)
    func transposition(seed: Int) throws {
        var generator = SeededGenerator(seed: UInt64(seed))
        let number = Array(try makeNumber(&generator))
        for index in number.indices.dropLast() where number[index] != number[index + 1] {
            var changed = number
            changed.swapAt(index, index + 1)
            #expect(refusal(of: try ResidentID(String(changed))) != nil)
        }
    }

    /// A valid number of somebody born between 1900 and 1913.
    private func makeNumber(_ generator: inout SeededGenerator) throws -> String {
        let area = try #require(["430602", "430681", "110101", "310101", "430622"].randomElement(using: &generator))
        let birth = LegalDay(ordinal: .random(in: -25_567 ... -20_454, using: &generator))
        let order = String(Int.random(in: 100...995, using: &generator))
        return try ResidentID.upgrading(fifteenDigits: area + birth.digits.dropFirst(2) + order).text
    }

    @Test("may carry a retired division, one of Hong Kong, Macao or Taiwan, or a foreigner's card prefix")
    func otherRegions() throws {
        for prefix in ["430622", "429999", "810000", "820000", "830000", "931840"] {
            let id = try ResidentID.upgrading(fifteenDigits: prefix + "010203123")
            #expect(id.divisionCode == prefix)
        }
        for prefix in ["990840", "943999", "943000", "840000", "160000"] {
            #expect(
                refusal(of: try ResidentID.upgrading(fifteenDigits: prefix + "010203123"))?.code == .residentIDDivision)
        }
    }

    @Test("does not show itself in logs")
    func masked() throws {
        let number = "430602190904265454"
        let id = try ResidentID(number)
        var dumped = ""
        dump(id, to: &dumped)
        for text in ["\(id)", String(reflecting: id), "\([id])", dumped] {
            #expect(text.contains("430602********5454") && !text.contains(number))
        }
    }
}
