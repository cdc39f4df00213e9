import Cryptography
import Extension
import Standards
import Storage

/// What a sign-in found before the password was checked. The attempt is counted as a failure of its name already, so that
/// many at the same time can't slip through together; a right password takes it back.
///
/// For the network it is counted only once it has failed: an office signs in at eight o'clock behind one address, and
/// nobody there may be refused for what others have under way. How many can be under way is bounded by the queue.
struct SignInClaim: Sendable {
    enum Verdict: Sendable {
        /// From a device that is known for the account; its hash.
        case knownDevice([UInt8])
        case allowed
        case blocked(until: Instant)
    }

    let verdict: Verdict
    let account: Account?
    let passwordHash: String?
    let nameKey: [UInt8]
    let networkKey: [UInt8]

    var isKnownDevice: Bool {
        if case .knownDevice = verdict { true } else { false }
    }
}

extension IdentityService {
    /// Looks the account up and counts the attempt.
    func claim(_ name: String, from client: SignInClient, at now: Instant, in transaction: Transaction) throws
        -> SignInClaim
    {
        let network = ClientNetwork.name(of: client.address)
        let nameKey = cipher.blindIndex("\(name.lowercased())@\(network)", purpose: "identity.attempt.name")
        let networkKey = cipher.blindIndex(network, purpose: "identity.attempt.network")
        let found = try credentials(named: name, in: transaction)
        func result(_ verdict: SignInClaim.Verdict) -> SignInClaim {
            SignInClaim(
                verdict: verdict, account: found?.account, passwordHash: found?.hash, nameKey: nameKey,
                networkKey: networkKey)
        }
        if let account = found?.account,
            let device = try knownDevice(of: account.id, DeviceCookie(client.device), at: now, in: transaction)
        {
            return result(.knownDevice(device))
        }
        let ledger = AttemptLedger(transaction: transaction, now: now)
        var byName = NameLimit.current(try ledger.count(nameKey), at: now)
        let byNetwork = NetworkLimit.current(try ledger.count(networkKey), at: now)
        let ends = [
            NameLimit.blockedUntil(byName), NetworkLimit(failures: settings.failuresPerAddress).blockedUntil(byNetwork),
        ].compactMap { $0 }
        if let until = ends.max(), now < until { return result(.blocked(until: until)) }
        byName.add(at: now)
        try ledger.store(byName, nameKey)
        return result(.allowed)
    }

    /// Takes the counted failure back.
    func release(_ claim: SignInClaim, isRight: Bool, at now: Instant, in transaction: Transaction) throws {
        switch claim.verdict {
        case .knownDevice(let device):
            guard let account = claim.account else { return }
            let change = isRight ? "failures = 0" : "failures = failures - 1"
            try transaction.execute(
                "UPDATE identity_device SET \(change), used_at = ? WHERE token_hash = ? AND account = ?", now, device,
                account.id)
        case .allowed:
            let ledger = AttemptLedger(transaction: transaction, now: now)
            if isRight { try ledger.forget(claim.nameKey) } else { try ledger.takeBack(claim.nameKey) }
        case .blocked: break
        }
    }

    /// Counts a failure of the network, but for a known device's.
    func countFailure(_ claim: SignInClaim, at now: Instant, in transaction: Transaction) throws {
        guard case .allowed = claim.verdict else { return }
        let ledger = AttemptLedger(transaction: transaction, now: now)
        var count = NetworkLimit.current(try ledger.count(claim.networkKey), at: now)
        count.add(at: now)
        try ledger.store(count, claim.networkKey)
    }

    /// The account of a name: a login name, an identity number, or a mobile number that leads to one account only.
    private func credentials(named name: String, in view: Snapshot) throws -> (account: Account, hash: String)? {
        let select = "SELECT \(Account.columns), password_hash FROM identity_account WHERE "
        let rows: [Row]
        if let login = try? LoginName(name) {
            rows = try view.rows(select + "login_name = ?", login.text)
        } else if let id = try? ResidentID(name) {
            rows = try view.rows(
                select + "kind = 'person' AND person = (SELECT id FROM identity_person WHERE id_digest = ?)",
                idDigest(.residentID, id.text))
        } else if let mobile = try? MobileNumber(name) {
            rows = try view.rows(
                select
                    + "kind = 'person' AND person IN (SELECT id FROM identity_person WHERE mobile_digest = ?) LIMIT 2",
                mobileDigest(mobile))
        } else {
            rows = []
        }
        guard rows.count == 1, let row = rows.first else { return nil }
        return (try Account(row), try row.get("password_hash"))
    }

    /// The hash of the secret that makes the device known for an account, with one more failure counted on it.
    private func knownDevice(
        of account: Identifier, _ cookie: DeviceCookie, at now: Instant, in transaction: Transaction
    ) throws -> [UInt8]? {
        for hash in cookie.hashes {
            let counted = try transaction.execute(
                """
                UPDATE identity_device SET failures = failures + 1
                WHERE token_hash = ? AND account = ? AND failures < ? AND used_at > ?
                """, hash, account, DeviceLimit.failures, now.adding(.zero - DeviceLimit.forgottenAfter))
            if counted == 1 { return hash }
        }
        return nil
    }
}
