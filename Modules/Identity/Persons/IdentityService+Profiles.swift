public import Extension
import Standards
public import Storage

extension IdentityService {
    /// A person's whole profile: for the person itself, or for staff with `identity.read_profile`, whose look is logged.
    ///
    /// - Throws: ``IdentityError`` with code `identity.profile_denied`.
    public func profile(of person: Identifier, by act: Act, in transaction: Transaction) throws -> PersonProfile {
        if act.actor.person != person || act.actor.kind == .staff {
            guard act.actor.holds(Self.readProfile) else { throw IdentityError.profileDenied }
            try tell(ProfileRead(person: person), about: "person", person, by: act, in: transaction)
        }
        return try record(ofPerson: person, in: transaction)
    }

    /// As ``profile(of:by:in:)``, with refusals logged. One's own profile costs no write.
    public func profile(of person: Identifier, by act: Act) async throws -> PersonProfile {
        if act.actor.kind == .person, act.actor.person == person {
            return try await database.read { try record(ofPerson: person, in: $0) }
        }
        return try await writing(about: person, by: act) { try profile(of: person, by: act, in: $0) }
    }

    /// What is known of the acting person and the enterprise for which it acts, by the keys that forms use (免填写).
    ///
    /// - Returns: nothing for an actor who is no person.
    public func prefill(by act: Act, in view: Snapshot) throws -> [String: String] {
        guard act.actor.kind == .person, let person = act.actor.person else { return [:] }
        var values = try record(ofPerson: person, in: view).prefill
        if let party = act.actor.party, party != person {
            let mandate = try act.actor.mandate.flatMap { try self.mandate($0, in: view) }
            guard let mandate, mandate.person == person, mandate.enterprise == party, mandate.isInForce(at: act.now)
            else { throw IdentityError.mandateEnded }
            values.merge(try record(ofEnterprise: party, in: view).prefill) { $1 }
        }
        return values
    }
}

extension PersonProfile {
    /// The values by the keys `applicant.…`; sex as 男 or 女, days as `yyyy-MM-dd`.
    public var prefill: [String: String] {
        [
            "applicant.name": name.text, "applicant.id_number": idNumber, "applicant.gender": sex?.chinese,
            "applicant.mobile": mobile?.text, "applicant.address": address, "applicant.birth_day": birthDay?.text,
        ].compactMapValues { $0 }
    }
}
