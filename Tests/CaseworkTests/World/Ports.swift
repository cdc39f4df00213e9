import Casework
import Catalogue
import Extension
import Standards
import Storage
import Synchronization

/// One agency for each department, as a small town would have it.
struct TownAgencies: AgencyDirectory {
    static let departments = ["卫健", "公安", "医保", "人社", "市场监管", "税务", "公积金中心", "银行(人行协调)", "民政"]

    static func id(of department: String) -> Identifier {
        let index = UInt8(departments.firstIndex(of: department) ?? 99)
        return Identifier(at: Instant(milliseconds: 1), random: [UInt8](repeating: index, count: 10))
    }

    func agency(department: String, division: String, on day: LegalDay, in snapshot: Snapshot) throws -> AgencyEntry? {
        Self.departments.contains(department) ? entry(department) : nil
    }

    func agency(_ id: Identifier, in snapshot: Snapshot) throws -> AgencyEntry? {
        Self.departments.first { Self.id(of: $0) == id }.map(entry)
    }

    func serves(division: String, in snapshot: Snapshot) throws -> Bool { division == "430602" || division == "430600" }

    private func entry(_ department: String) -> AgencyEntry {
        AgencyEntry(
            id: Self.id(of: department), name: "本地\(department)", creditCode: "11430611M4X9P96D90", level: .county)
    }
}

/// What is known of the one applicant.
struct KnownApplicant: FieldSource {
    func values(for applicant: Applicant, theme: String?, by act: Act) async throws -> [String: String] {
        [
            "applicant.name": "李晓梅", "applicant.id_number": "430623191011229428",
            "applicant.mobile": "13800000000", "applicant.address": "岳阳楼区某路1号",
        ]
    }
}

/// A wallet whose content a test may change.
final class Wallet: MaterialSource, Sendable {
    private let held = Mutex<Set<String>>(["结婚证", "户口簿"])

    func remove(_ type: String) { held.withLock { _ = $0.remove(type) } }

    func available(
        _ sources: [MaterialSlot.Source], for applicant: Applicant, on day: LegalDay, in snapshot: Snapshot
    ) throws -> [EvidencedSource] {
        let held = held.withLock { $0 }
        return sources.compactMap { source in
            guard case .licence(let type, party: "applicant") = source, held.contains(type) else { return nil }
            return EvidencedSource(source: source, evidence: "wallet/\(type)")
        }
    }
}

/// Keeps the orders that were given, as the licence register would.
final class Register: ResultIssuer, Sendable {
    private let kept = Mutex<[ResultOrder]>([])

    var orders: [ResultOrder] { kept.withLock { $0 } }

    func issue(_ order: ResultOrder, by act: Act, in transaction: Transaction) throws -> IssuedResult {
        kept.withLock { $0.append(order) }
        return IssuedResult(
            result: order.result.id, title: order.result.title,
            licence: act.identifier("licence/\(order.item.id)/\(order.result.id)"))
    }
}
