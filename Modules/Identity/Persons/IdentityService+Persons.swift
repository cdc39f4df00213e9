public import Extension
public import Standards
public import Storage

extension IdentityService {
    /// Registers a natural person.
    ///
    /// - Returns: the person's identifier.
    /// - Throws: ``IdentityError`` with code `identity.person_exists` when the document's number is registered.
    @discardableResult
    public func addPerson(_ profile: PersonProfile, by act: Act, in transaction: Transaction) throws -> Identifier {
        let digest = idDigest(profile.documentKind, profile.idNumber)
        let id = act.identifier("identity.person.\(profile.documentKind.rawValue)/\(profile.idNumber)")
        let row = try transaction.row(
            """
            INSERT INTO identity_person (id, id_digest, mobile_digest, birth_digest, profile, version, created_at)
            VALUES (?, ?, ?, ?, ?, 1, ?) ON CONFLICT (id_digest) DO NOTHING \(states.person.returning)
            """, id, digest, profile.mobile.map(mobileDigest), birthDigest(profile),
            try seal(profile, .personProfile, id, act), act.now)
        guard let row else { throw IdentityError.personExists }
        try tell(
            PersonRegistered(person: id), about: "person", id, state: try states.person.digest(of: row), by: act,
            in: transaction)
        return id
    }

    /// Replaces a person's data; the actor must be that person or hold `identity.manage_accounts`.
    ///
    /// - Throws: ``IdentityError`` when there is no such person, it is not the actor's, or the new number is another's.
    public func updatePerson(
        _ id: Identifier, to profile: PersonProfile, by act: Act, in transaction: Transaction
    ) throws {
        guard act.actor.person == id || act.actor.holds(Self.manageAccounts) else { throw IdentityError.profileDenied }
        let digest = idDigest(profile.documentKind, profile.idNumber)
        if let other = try transaction.row("SELECT id FROM identity_person WHERE id_digest = ?", digest),
            try other.get("id", as: Identifier.self) != id
        {
            throw IdentityError.personExists
        }
        try replace(id, by: profile, act, in: transaction)
    }

    /// Replaces a person's data, whoever asked.
    func replace(
        _ id: Identifier, by profile: PersonProfile, _ act: Act, in transaction: Transaction
    ) throws {
        let row = try transaction.row(
            """
            UPDATE identity_person
            SET id_digest = ?, mobile_digest = ?, birth_digest = ?, profile = ?, version = version + 1 WHERE id = ?
            \(states.person.returning)
            """, idDigest(profile.documentKind, profile.idNumber), profile.mobile.map(mobileDigest),
            birthDigest(profile), try seal(profile, .personProfile, id, act), id)
        guard let row else { throw IdentityError.personUnknown }
        try tell(
            PersonChanged(person: id), about: "person", id, state: try states.person.digest(of: row), by: act,
            in: transaction)
    }

    /// Finds a person by the number of a document; nil when nobody is registered with it.
    public func person(
        withDocument kind: DocumentKind = .residentID, number: String, in view: Snapshot
    ) throws -> Identifier? {
        try view.row("SELECT id FROM identity_person WHERE id_digest = ?", idDigest(kind, number))?.get("id")
    }

    /// Finds the persons with a mobile number; families share one.
    public func persons(withMobile mobile: MobileNumber, in view: Snapshot) throws -> [Identifier] {
        try view.rows("SELECT id FROM identity_person WHERE mobile_digest = ? ORDER BY id", mobileDigest(mobile))
            .map { try $0.get("id") }
    }

    /// The number of the document by which a person is registered; nil for nobody. For the system's own bookkeeping.
    public func idNumber(ofPerson id: Identifier, in view: Snapshot) throws -> String? {
        guard try view.row("SELECT id FROM identity_person WHERE id = ?", id) != nil else { return nil }
        return try record(ofPerson: id, in: view).idNumber
    }

    /// The name by which a person is registered. For the system's own bookkeeping.
    public func registeredName(ofPerson id: Identifier, in view: Snapshot) throws -> String {
        try record(ofPerson: id, in: view).name.text
    }

    /// Opens a person's record without asking who wants it.
    func record(ofPerson id: Identifier, in view: Snapshot) throws -> PersonProfile {
        guard let row = try view.row("SELECT profile FROM identity_person WHERE id = ?", id) else {
            throw IdentityError.personUnknown
        }
        return try open(try row.get("profile"), .personProfile, id)
    }

    func idDigest(_ kind: DocumentKind, _ number: String) -> [UInt8] {
        cipher.blindIndex(PersonProfile.indexText(kind, number), purpose: "identity.id_number")
    }

    func mobileDigest(_ mobile: MobileNumber) -> [UInt8] {
        cipher.blindIndex(mobile.text, purpose: "identity.mobile")
    }

    func seal(_ record: some Encodable, _ column: SealedColumn, _ id: Identifier, _ act: Act) throws -> [UInt8] {
        try cipher.sealDocument(record, context: column.context(id), seed: act.seed)
    }

    func open<Record: Decodable>(_ sealed: [UInt8], _ column: SealedColumn, _ id: Identifier) throws -> Record {
        try cipher.openDocument(Record.self, sealed, context: column.context(id))
    }
}
