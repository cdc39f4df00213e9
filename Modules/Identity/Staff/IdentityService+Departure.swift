public import Extension
import Organisation
public import Standards
public import Storage

extension IdentityService {
    /// Lets a member of staff go: a colleague has its posts from that day on, and its account is closed where nothing is
    /// left of it elsewhere.
    ///
    /// What it recorded at a window and has not submitted goes to the colleague too; casework listens for that.
    ///
    /// - Parameter day: the first day on which it is gone; today or, with the account open until then, later.
    /// - Throws: ``IdentityError`` with everything that is wrong at once.
    public func depart(
        _ account: Identifier, colleague: Identifier, on day: LegalDay, by act: Act, in transaction: Transaction
    ) throws {
        let member = try manageable(account, by: act, in: transaction)
        let today = act.now.day
        var findings = try standInFindings(
            colleague, for: account, from: day, until: day, field: "colleague", by: act, in: transaction)
        if day < today { findings.append(Finding("day", "identity.departure_past", "离岗日期不能早于今天。")) }
        if !findings.isEmpty { throw IdentityError.invalid(findings) }
        _ = try hand(member.posts, to: colleague, days: ValidDays(from: day), by: act, in: transaction)
        for post in member.posts { try organisation.endPost(post.id, on: day, by: act, in: transaction) }
        // Who stood in for others does so no more: the colleague has these posts as well.
        try transaction.execute(
            "UPDATE identity_leave SET stand_in = ? WHERE stand_in = ? AND until_day >= ? AND account <> ?", colleague,
            account, day, colleague)
        if day == today, !member.hasPostsElsewhere, !member.isSuspended {
            try disableAccount(account, by: act, in: transaction)
        }
        try tell(
            StaffDeparted(account: account, colleague: colleague, day: day), about: "account", account, by: act,
            in: transaction)
    }
}
