import Extension
import Identity
import Standards
import Testing

@Suite("Sample identities")
struct SampleIdentitiesTests {
    @Test("ten thousand sample persons are valid, different, and nobody who lives")
    func persons() throws {
        var numbers: Set<String> = []
        for number in 0..<10_000 {
            let id = try SampleIdentities.residentID(number)
            #expect(id.birthDay.year <= 1913)
            numbers.insert(id.text)
        }
        #expect(numbers.count == 10_000)
        #expect(
            try SampleIdentities.person(17, today: IdentityFixture.start.day)
                == SampleIdentities.person(17, today: IdentityFixture.start.day))
    }

    @Test("sample enterprises have valid, different credit codes")
    func enterprises() throws {
        let codes = try (0..<50).map { try SampleIdentities.enterprise($0).creditCode }
        #expect(Set(codes).count == 50)
        #expect(codes.allSatisfy { $0.hasValidOrganisationCode })
    }
}
