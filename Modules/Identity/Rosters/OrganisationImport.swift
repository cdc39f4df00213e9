public import Extension
public import Organisation
import Standards
import Storage

/// What an import of the organisation changes.
public struct OrganisationImport: Sendable {
    /// Divisions, agencies, sites and windows that were added or changed.
    public var layout = LayoutChanges()
    /// The accounts that were opened, with their first passwords.
    public var accounts: [NewAccount] = []
    /// Posts that were given.
    public var posts = 0
    /// Sheets that are none of ours.
    public var passedOver: [String] = []

    /// An account with its first password.
    public struct NewAccount: Sendable {
        public let login: String
        public let name: String
        public let password: String
    }
}

extension IdentityService {
    /// Brings divisions, agencies, sites, windows and staff to what a workbook says; what it does not name stays.
    ///
    /// The whole file is checked first, with every fault told at once, and written in one transaction; the same file again
    /// changes nothing.
    ///
    /// - Parameters:
    ///   - path: an XLSX workbook with one sheet for each list, or a CSV with one list.
    ///   - isDryRun: only tell what would change.
    ///   - progress: gets how many first passwords are made.
    ///   - keep: gets the accounts that are to be opened with their first passwords, before anything is written: whoever
    ///     is stopped in between has them then.
    /// - Throws: ``Problem`` with every fault and its place.
    public func importOrganisation(
        _ path: String, isDryRun: Bool, by act: Act, progress: @Sendable (Int) -> Void = { _ in },
        keep: ([OrganisationImport.NewAccount]) throws -> Void = { _ in }
    ) async throws -> OrganisationImport {
        guard act.actor.holds(OrganisationService.manage) else { throw Problem.forbidden }
        let (layout, staff, places, passedOver, read) = try await onOwnThread {
            let reader = try RosterReader(path)
            let layout = RosterLayout(reader)
            let staff = reader.table(.staff)
            let others = reader.tables.filter { $0.kind.id != RosterKind.staff.id }.flatMap(\.faults) + layout.faults
            // Whom the staff's rows name depends on the other lists; those must be readable before more can be told.
            if !others.isEmpty { throw Self.refused(others + (staff?.faults ?? [])) }
            return (layout.layout, staff?.rows ?? [], layout.places, reader.passedOver, staff?.faults ?? [])
        }
        // What can't be read any row of is only looked at further, for everything that is wrong with it.
        let isDryRun = isDryRun || !read.isEmpty
        if !staff.isEmpty, !act.actor.holds(Self.manageAccounts) { throw Problem.forbidden }
        let known = try await logins()
        var hashed: [String: (text: String, hash: HashedPassword)] = [:]
        for row in staff where known[row.values["login"] ?? ""] == nil && hashed[row.values["login"] ?? ""] == nil {
            let login = row.values["login"] ?? ""
            guard let name = try? LoginName(login) else { continue }
            let text = GeneratedPassword.make(login, seed: act.seed)
            // A trial needs no real one, and each takes a while on purpose.
            if isDryRun, let any = hashed.values.first {
                hashed[login] = any
            } else {
                hashed[login] = (text, try await hash(text, for: name))
                progress(hashed.count)
            }
        }
        let passwords = hashed
        if !isDryRun {
            var told: Set<String> = []
            try keep(
                staff.compactMap { row in
                    let login = row.values["login"] ?? ""
                    guard let made = hashed[login], told.insert(login).inserted else { return nil }
                    return OrganisationImport.NewAccount(
                        login: login, name: row.values["name"] ?? "", password: made.text)
                })
        }
        do {
            var report = try await database.write { [self] transaction -> OrganisationImport in
                var report = OrganisationImport()
                do {
                    report.layout = try organisation.apply(layout, by: act, in: transaction)
                } catch let error as OrganisationError {
                    throw Self.refused(error.findings.map { places.fault($0) } + read)
                }
                var faults = read
                let unread = Set(read.map(\.row))
                // Read once: a post that is given makes the organisation be read anew, row for row.
                let known = try organisation.snapshot(in: transaction)
                var given: [String: [RosterPost]] = [:]
                var named: [String: (row: Int, name: String)] = [:]
                for (number, values) in staff where !unread.contains(number) {
                    do {
                        try Self.check(values, in: number, &named)
                        try write(values, known, &given, passwords, &report, by: act, in: transaction)
                    } catch let found as RosterFindings {
                        faults += found.list.map {
                            RosterFault(
                                sheet: RosterKind.staff.title, row: number, title: $0.field, message: $0.message)
                        }
                    }
                }
                if !faults.isEmpty { throw Self.refused(faults.sorted { $0.row < $1.row }) }
                if isDryRun { throw Rehearsed(report: report) }
                return report
            }
            report.passedOver = passedOver
            return report
        } catch let rehearsed as Rehearsed {
            var report = rehearsed.report
            report.passedOver = passedOver
            return report
        }
    }

    /// Ends the transaction of a trial run with what it would have come to.
    private struct Rehearsed: Error { let report: OrganisationImport }

    private static func refused(_ faults: [RosterFault]) -> Problem {
        Problem(
            422, "import.faults", "表格有误，没有导入", "有 \(faults.count) 处错误，一行也没有导入。请全部改正后再导入。",
            findings: faults.map(\.finding))
    }

    private func logins() async throws -> [String: Identifier] {
        try await database.read { snapshot in
            try snapshot.rows("SELECT id, login_name FROM identity_account").reduce(into: [:]) { known, row in
                known[try row.get("login_name")] = try row.get("id", as: Identifier.self)
            }
        }
    }

    /// Lets one login name be one person's: it comes in several rows only for several posts.
    private static func check(
        _ values: [String: String], in row: Int, _ named: inout [String: (row: Int, name: String)]
    ) throws {
        guard let login = values["login"], let name = values["name"] else { return }
        guard let first = named[login] else {
            named[login] = (row, name)
            return
        }
        guard first.name == name else {
            throw RosterFindings(list: [
                Finding("登录名", "import.login", "“\(login)”在第 \(first.row) 行是“\(first.name)”，一个登录名只能是一个人，请换一个。")
            ])
        }
    }

    /// Opens an account where there is none, and gives it the post.
    ///
    /// - Throws: ``RosterFindings``.
    private func write(
        _ values: [String: String], _ known: OrganisationSnapshot, _ given: inout [String: [RosterPost]],
        _ passwords: [String: (text: String, hash: HashedPassword)], _ report: inout OrganisationImport, by act: Act,
        in transaction: Transaction
    ) throws {
        var findings = RosterFindings()
        let post = try findings.keep { try RosterPost(values, known, today: act.now.day) }
        let login = try findings.keep { try Self.login(values["login"] ?? "") }
        let person = try findings.keep {
            try Self.reading("姓名") { () throws(StandardsError) in try PersonName(values["name"] ?? "") }
        }
        let found = try login.flatMap { try self.account(named: $0, in: transaction) }
        if let found, found.kind != .staff {
            findings.list.append(Finding("登录名", "import.login", "“\(found.loginName)”是群众的账号，请换一个登录名。"))
        }
        if let found, found.kind == .staff, let person,
            let owner = try staffNames(of: [found.id], in: transaction)[found.id], owner != person.text
        {
            findings.list.append(
                Finding(
                    "登录名", "import.login", "“\(found.loginName)”已经是\(owner)的账号，没有给\(person.text)任何权限。请核对姓名，或者换一个登录名。"))
        }
        guard let post, let name = login, let person, findings.list.isEmpty else { throw findings }
        let account: Identifier
        if let found {
            account = found.id
        } else {
            guard let password = passwords[name.text] else {
                throw RosterFindings(list: [
                    Finding("登录名", "import.login", "“\(name)”写法不规范，请用小写字母、数字、点、横线或下划线。")
                ])
            }
            account = try addAccount(
                name, for: .staff(person), password: password.hash, mustChange: true, by: act, in: transaction)
            report.accounts.append(.init(login: name.text, name: person.text, password: password.text))
        }
        let has = known.postsByAccount[account]?.contains(where: post.isSame) ?? false
        if has || given[name.text]?.contains(post) == true { return }
        given[name.text, default: []].append(post)
        try organisation.addPost(
            for: account, at: post.agency, division: post.division, site: post.site, roles: post.roles,
            days: post.days, by: act, in: transaction)
        report.posts += 1
    }

    private static func login(_ text: String) throws -> LoginName {
        do { return try LoginName(text) } catch { throw Finding("登录名", error.code.rawValue, error.message) }
    }

    static func reading<Value>(
        _ title: String, _ parse: () throws(StandardsError) -> Value
    ) throws -> Value {
        do { return try parse() } catch { throw Finding(title, error.code.rawValue, error.message) }
    }
}
