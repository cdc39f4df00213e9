import Casework
import Catalogue
import Extension
import Standards
import Storage
import Synchronization

/// One agency for each department, as a small town would have it.
struct TownAgencies: AgencyDirectory {
    static let departments = ["卫健", "公安", "医保", "人社", "市场监管", "税务", "公积金中心", "银行(人行协调)", "民政", "资规"]

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

/// What is known of the one applicant, and of whom a test makes known.
final class KnownPeople: FieldSource, Sendable {
    private let others = Mutex<[Identifier: [String: String]]>([:])

    func know(_ values: [String: String], of party: Identifier) { others.withLock { $0[party] = values } }

    func values(
        for applicant: Applicant, theme: String?, by act: Act, in snapshot: Snapshot
    ) throws -> [String: String] {
        let others = others.withLock { $0 }
        if let known = applicant.person == applicant.party ? others[applicant.person] : others[applicant.party] {
            return known
        }
        return [
            "applicant.name": "李晓梅", "applicant.id_number": "430623191011229428",
            "applicant.mobile": "13800000000", "applicant.address": "岳阳楼区某路1号",
        ]
    }
}

/// A wallet whose content a test may change.
final class Wallet: MaterialSource, Sendable {
    private let held = Mutex<Set<String>>(["结婚证", "户口簿"])
    private let others = Mutex<[Identifier: Set<String>]>([:])

    func remove(_ type: String) { held.withLock { _ = $0.remove(type) } }

    /// Puts a licence into the wallet of a party other than the applicant.
    func put(_ type: String, into party: Identifier) {
        others.withLock { _ = $0[party, default: []].insert(type) }
    }

    func available(
        _ sources: [MaterialSlot.Source], for ground: EvidenceGround, on day: LegalDay, in snapshot: Snapshot
    ) throws -> [EvidencedSource] {
        let others = others.withLock { $0 }
        let held = held.withLock { $0 }
        return sources.compactMap { source in
            guard case .licence(let type, let role, let match) = source else { return nil }
            if role != MaterialSlot.Source.applicant {
                guard let party = ground.consenters[role] else { return nil }
                let isThere = others[party]?.contains(type) == true
                return EvidencedSource(
                    source: source, evidence: isThere ? "\(role)/\(type)" : "", doubt: isThere ? nil : .absent)
            }
            guard held.contains(type) else { return nil }
            // The one marriage certificate of this town is with 王建国.
            let spouse = ground.parties[match?.holders.first ?? ""]?.identifier
            let doubt: EvidencedSource.Doubt? =
                match == nil || spouse == "430602190904265454"
                ? nil : spouse?.isEmpty ?? true ? .unsettled : .contradicts
            return EvidencedSource(source: source, evidence: "wallet/\(type)", doubt: doubt)
        }
    }

    func names(
        of sources: [MaterialSlot.Source], for ground: EvidenceGround, on day: LegalDay, in snapshot: Snapshot
    ) throws -> [String?] {
        let found = try available(sources, for: ground, on: day, in: snapshot)
        return sources.map { source in found.first { $0.source == source }?.evidence }
    }

    func document(_ evidence: String, in caseID: Identifier, by act: Act) async throws -> ServingDocument? {
        ServingDocument(
            evidence: evidence, title: evidence, number: "J1", issuer: "民政局", issuedOn: act.now.day, validUntil: nil,
            status: "有效", isInForce: true, holders: [], lines: [], hasFile: true)
    }

    func file(of evidence: String, in caseID: Identifier, by act: Act) async throws -> FileReply? {
        FileReply(bytes: Array(evidence.utf8), contentType: "application/pdf", name: "\(evidence).pdf")
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

/// Who is there, as a test has it; unless it says otherwise, enough of everybody.
final class Attendance: StaffPresence {
    let deciders = Mutex<[Identifier: Set<Identifier>]>([:])
    let clerks = Mutex<[String: Set<Identifier>]>([:])

    func deciders(on day: LegalDay, in snapshot: Snapshot) throws -> [Identifier: Set<Identifier>] {
        deciders.withLock { $0 }
    }

    func clerks(on day: LegalDay, in snapshot: Snapshot) throws -> [String: Set<Identifier>] { clerks.withLock { $0 } }

    func title(ofAgency agency: Identifier, in snapshot: Snapshot) throws -> String { agency.text }

    func title(ofDivision division: String, in snapshot: Snapshot) throws -> String { division }
}

/// A till that demands what a test says, and keeps what was asked of it.
final class FakeTill: FeeGate, Sendable {
    private let kept = Mutex<[FeeRequest]>([])
    let demands = Mutex(true)

    var requests: [FeeRequest] { kept.withLock { $0 } }

    func demand(_ request: FeeRequest, by act: Act, in transaction: Transaction) throws -> DemandedFee? {
        kept.withLock { $0.append(request) }
        let due = try Money.sum(request.fees.compactMap(\.due))
        guard demands.withLock({ $0 }), due > .zero else { return nil }
        return DemandedFee(order: act.identifier("order/\(request.item)"), amount: due)
    }
}
