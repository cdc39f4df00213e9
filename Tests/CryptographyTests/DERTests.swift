import Cryptography
import Testing

@Suite("DER")
struct DERTests {
    @Test("Numbers, identifiers and times are read as they were written")
    func roundTrip() throws {
        for number in [0, 1, -1, 127, 128, -128, -129, 255, 256, .max, .min] as [Int] {
            var reader = DERReader(DER.integer(number))
            #expect(try reader.integer("x") == number)
        }
        for identifier in ["1.2.156.10197.1.501", "2.5.29.35", "0.9.2342", "2.999.1"] {
            var reader = DERReader(DER.identifier(identifier))
            #expect(try reader.identifier("x") == identifier)
        }
        // Leap days, turns of centuries, and both ends.
        for time in [0, 951_782_400_000, 4_102_444_799_000, -1000, 1_646_701_200_000, -62_135_596_800_000] as [Int64] {
            var reader = DERReader(DER.time(time))
            #expect(try reader.time("x") == time)
        }
        var reader = DERReader(DER.certificateTime(1_646_701_200_000))
        #expect(reader.nextTag == DERTag.utcTime)
        #expect(try reader.time("x") == 1_646_701_200_000)
    }

    @Test("Numbers in longer forms, cut elements and impossible days are refused")
    func strict() {
        let faults: [([UInt8], DERError.Problem)] = [
            ([0x02, 0x02, 0x00, 0x01], .content), ([0x02, 0x02, 0xFF, 0x80], .content), ([0x02, 0x00], .content),
            ([0x02, 0x81, 0x01, 0x05], .length), ([0x02, 0x80], .length), ([0x02, 0x05, 0x01], .truncated),
            ([0x02], .truncated), ([], .truncated), ([0x04, 0x01, 0x01], .tag), ([0x1F, 0x01, 0x01], .tag),
        ]
        for (bytes, problem) in faults {
            var reader = DERReader(bytes)
            #expect {
                try reader.integer("x")
            } throws: {
                ($0 as? DERError)?.problem == problem
            }
        }
        for text in ["20230229000000Z", "20231301000000Z", "20230101240000Z", "2023010100000Z", "202301010000000"] {
            var reader = DERReader(DER.text(DERTag.generalizedTime, text))
            #expect(throws: DERError.self) { try reader.time("x") }
        }
    }
}
