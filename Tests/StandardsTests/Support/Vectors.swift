import Foundation
import Standards
import Testing

/// The reference vectors, copied from `reference/`.
enum Vectors {
    static let identifiers: IdentifierVectors = load("identifiers")
    static let calendar: CalendarVectors = load("calendar")
    static let divisions: DivisionVectors = load("divisions")
    static let calendarText: String = String(decoding: data("calendar"), as: UTF8.self)

    private static func load<Value: Decodable>(_ name: String) -> Value {
        do {
            return try JSONDecoder().decode(Value.self, from: data(name))
        } catch {
            fatalError("the vectors \(name).json do not have the expected form: \(error)")
        }
    }

    private static func data(_ name: String) -> Data {
        guard let url = Bundle.module.url(forResource: name, withExtension: "json", subdirectory: "Vectors"),
            let data = try? Data(contentsOf: url)
        else { fatalError("Vectors/\(name).json is not in the test bundle") }
        return data
    }
}

struct Refused: Decodable, Sendable, CustomTestStringConvertible {
    let text: String
    let reason: String
    var testDescription: String { "\(text): \(reason)" }

    enum CodingKeys: String, CodingKey { case id, uscc, reason }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        text = try container.decodeIfPresent(String.self, forKey: .id) ?? container.decode(String.self, forKey: .uscc)
        reason = try container.decode(String.self, forKey: .reason)
    }
}

struct Rewritten: Decodable, Sendable {
    let `in`: String
    let out: String
}

struct IdentifierVectors: Decodable, Sendable {
    struct Resident: Decodable, Sendable {
        let id: String
        let area: String
        let birth: String
        let sex: String
    }

    struct Residents: Decodable, Sendable {
        let valid: [Resident]
        let invalid: [Refused]
        let normalise: [Rewritten]
        let upgrade15to18: [Rewritten]
    }

    struct Credit: Decodable, Sendable {
        let uscc: String
        let kind: String
        let division: String
        let orgCode: String
    }

    struct Credits: Decodable, Sendable {
        let valid: [Credit]
        let invalid: [Refused]
        let normalise: [Rewritten]
    }

    struct Licence: Decodable, Sendable {
        let id: String
        let check: String
        let typeCode: String?
        let issuer: String?
        let serial: String?
        let version: String?
    }

    struct Licences: Decodable, Sendable {
        let publicExamples: [Licence]
        let synthetic: [Licence]
        let invalid: [Refused]
    }

    struct Item: Decodable, Sendable {
        struct Parts: Decodable, Sendable {
            let org: String
            let level: String
            let catalog: String
        }

        let task: String
        let parts: Parts
        let handleItem: String?
        let caseNo: String?
    }

    struct Items: Decodable, Sendable {
        let publicExamples: [Item]
        let synthetic: [Item]
    }

    let residentId: Residents
    let uscc: Credits
    let certificateId: Licences
    let itemCode: Items
}

struct CalendarVectors: Decodable, Sendable {
    struct Year: Decodable, Sendable {
        let workdaysPerMonth: [Int]
        let workdaysTotal: Int
    }

    struct Count: Decodable, Sendable, CustomTestStringConvertible {
        let start: String
        let workdays: Int
        let due: String
        let note: String
        let startIsWorkday: Bool
        var testDescription: String { "\(start) + \(workdays): \(note)" }
    }

    let years: [String: Year]
    let vectors: [Count]
}

struct DivisionVectors: Decodable, Sendable {
    struct Row: Decodable, Sendable {
        let code: String
        let name: String
        let parent: String?
        let until: Int?
        let now: String?
    }

    struct Zone: Decodable, Sendable {
        let name: String
        let short: String
        let kind: String
        let parent: String
        let statisticalCode: String?
    }

    struct Yueyang: Decodable, Sendable {
        let divisions: [Row]
        let functionalZones: [Zone]
    }

    let provinces: [Row]
    let hunanPrefectures: [Row]
    let hunanCounties: [Row]
    let hunanHistorical: [Row]
    let yueyang: Yueyang
}
