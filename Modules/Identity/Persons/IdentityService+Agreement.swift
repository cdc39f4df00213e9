public import Storage

extension IdentityService {
    /// Which values are the verified ones of a person, and of the enterprise for which it acts: for counting what nobody
    /// had to fill in (免填写). It tells the values to nobody.
    ///
    /// - Parameter values: by the keys that forms use, such as `applicant.name`.
    /// - Returns: the keys of those that agree; nothing for somebody unknown.
    public func agreeing(
        _ values: [String: String], person: Identifier, enterprise: Identifier?, in view: Snapshot
    ) throws -> Set<String> {
        guard try view.row("SELECT id FROM identity_person WHERE id = ?", person) != nil else { return [] }
        var known = try record(ofPerson: person, in: view).prefill
        if let enterprise, try view.row("SELECT id FROM identity_enterprise WHERE id = ?", enterprise) != nil {
            known.merge(try record(ofEnterprise: enterprise, in: view).prefill) { $1 }
        }
        return Set(values.filter { known[$0.key] == $0.value }.keys)
    }
}
