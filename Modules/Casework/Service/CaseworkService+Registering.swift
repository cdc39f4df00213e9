import Catalogue
import Extension
import Standards
import Storage

/// What a submission has to draw from the order of all cases: that it is the only one of its thing, and its number.
struct CaseRegistration: Sendable {
    /// Which open case is the same; nil where the theme allows several.
    let uniqueKey: [UInt8]?
    let theme: ThemeCode
    let agency: CreditCode
    let level: AdministrativeLevel
    let day: LegalDay
}

extension CaseworkService {
    /// Submits a draft but for what must be drawn in the write itself; it changes nothing in the database.
    func submit(
        _ file: inout CaseFile, signature: GivenSignature? = nil, in context: CaseContext,
        _ snapshot: Snapshot
    ) throws -> CaseRegistration {
        let day = context.act.now.day
        let lead = context.theme.leadDepartment
        let agencies = try agencies.agencies(
            departments: Set(context.plan.items.map(\.item.department) + [lead]), division: file.division, on: day,
            in: snapshot)
        try requireListed(context, in: file.division, snapshot)
        try file.submit(agencies: agencies.mapValues(\.id), signature: signature, in: context)
        guard let agency = agencies[lead] else {
            throw CaseworkError(
                .noAgency, status: 422, "没有牵头部门", "本地还没有设置“\(lead)”的牵头单位，暂时不能办理。请联系政务服务中心。")
        }
        return CaseRegistration(
            uniqueKey: context.theme.duplicate.map { store.uniqueKey(of: file, rule: $0) },
            theme: try ThemeCode(
                division: DivisionCode(file.division), number: try catalogue.number(of: file.theme.id, in: snapshot)),
            agency: try CreditCode(agency.creditCode), level: agency.level, day: day)
    }

    /// Lets nothing be applied for or accepted outside of the lists (R02.2, R02.6).
    func requireListed(_ context: CaseContext, in division: String, _ snapshot: Snapshot) throws {
        let barred = try itemRegister.barred(
            context.plan.items.map(\.id), division: division, on: context.act.now.day, in: snapshot)
        if barred.isEmpty { return }
        throw CaseworkError.invalid(
            context.plan.items.compactMap { item in
                barred[item.id].map {
                    Finding("item.\(item.id)", "casework.not_in_force", "“\(item.item.title)”：\($0)")
                }
            })
    }

    /// Registers a submitted case: claims its key and gives it the next number.
    ///
    /// - Throws: ``CaseworkError`` `duplicate` when the same thing is under way.
    func register(_ file: inout CaseFile, _ registration: CaseRegistration, in transaction: Transaction) throws {
        // The key first: a second case of the same thing then waits without holding up the numbers of all others.
        if let key = registration.uniqueKey { try store.claim(key, for: file, in: transaction) }
        let serial = try store.nextSerial(
            theme: file.theme.id, division: file.division, day: registration.day, in: transaction)
        file.take(
            number: try CaseNumber(
                theme: registration.theme, agency: registration.agency, level: registration.level,
                day: registration.day, serial: serial
            ).text)
    }
}
