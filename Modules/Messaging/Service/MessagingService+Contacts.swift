public import Extension
import Standards
public import Storage

extension MessagingService {
    /// How the acting person wants to be reached, with what is registered of it, masked.
    public func ownContact(by act: Act) async throws -> ContactView {
        guard act.actor.actsInPerson, let person = act.actor.person else {
            throw MessagingError.forbidden
        }
        return try await database.read { try contactView(of: person, in: $0) }
    }

    /// Changes it.
    public func changeOwnContact(
        _ input: ContactInput, expected: Int?, by act: Act, in transaction: Transaction
    ) throws -> ContactView {
        guard act.actor.actsInPerson, let person = act.actor.person else {
            throw MessagingError.forbidden
        }
        return try change(person, to: input, expected: expected, by: act, in: transaction)
    }

    /// The person with an identity number and how it is to be reached, for a clerk at the window; the look is recorded.
    ///
    /// - Throws: ``MessagingError`` `not_found` when nobody is registered with the number.
    public func contact(ofNumber number: String, by act: Act, in transaction: Transaction) throws -> ContactView {
        let person = try known(number, by: act, in: transaction)
        try tell(MessageContactViewed(person: person), person, by: act, in: transaction)
        return try contactView(of: person, in: transaction)
    }

    /// Records at a window how a person is to be reached, a helper among it.
    public func changeContact(
        ofNumber number: String, to input: ContactInput, expected: Int?, by act: Act, in transaction: Transaction
    ) throws -> ContactView {
        try change(
            try known(number, by: act, in: transaction), to: input, expected: expected, by: act, in: transaction)
    }

    private func known(_ number: String, by act: Act, in snapshot: Snapshot) throws -> Identifier {
        guard act.actor.holds(Self.deliver) else { throw MessagingError.forbidden }
        guard let person = try directory.person(withNumber: number, in: snapshot) else {
            throw MessagingError(
                .notFound, status: 404, "没有找到这个人", "没有人用这个身份证号码登记过。请对照证件核对；第一次办事的，先在“窗口代录”里登记。")
        }
        return person
    }

    private func change(
        _ person: Identifier, to input: ContactInput, expected: Int?, by act: Act, in transaction: Transaction
    ) throws -> ContactView {
        let preference = try input.preference(
            recordedBy: act.actor.account, on: act.now.day,
            after: try contacts.preference(of: person, in: transaction))
        guard let state = try contacts.save(preference, of: person, expected: expected, by: act, in: transaction) else {
            throw MessagingError(
                .wrongState, status: 412, "已被更新", "在您打开之后，联系方式已在别处改过。请刷新页面，核对后再保存。")
        }
        try tell(
            MessageContactChanged(
                person: person, hasHelper: preference.helper != nil, declinesSMS: preference.declinesSMS,
                wantsPaper: preference.wantsPaper, acceptsElectronic: preference.electronicSince != nil), person,
            state: state, by: act, in: transaction)
        return try contactView(of: person, in: transaction)
    }

    private func contactView(of person: Identifier, in snapshot: Snapshot) throws -> ContactView {
        ContactView(
            try contacts.preference(of: person, in: snapshot),
            registered: try directory.contact(of: Recipient(party: person, person: person), in: snapshot))
    }

    private func tell(
        _ event: any Event, _ person: Identifier, state: [UInt8]? = nil, by act: Act, in transaction: Transaction
    ) throws {
        try events.record(
            [event], to: StreamID(division: division, kind: "message-contact", id: person.text), state: state, by: act,
            in: transaction)
    }
}
