import PluginKit

/// Both sides compare what they said and heard (对账), so that a message that one of them lost, doubled or changed is
/// found though neither notices it alone.
extension CrossRegionService {
    /// One thing in which the two sides differ.
    struct Difference: Hashable, Sendable {
        let caseID: String
        let message: String
        /// In Chinese.
        let text: String
        /// Whether it only waits to be sent.
        let isUnderWay: Bool
    }

    /// Both sides' accounts, compared.
    struct Comparison: Sendable {
        var cases = 0
        var messages = 0
        var differences: [Difference] = []
        var isSound: Bool { differences.allSatisfy(\.isUnderWay) }
    }

    private static let pageLength = 50

    /// Compares all cases with a partner.
    ///
    /// - Throws: ``NotThrough`` when the partner gives no proven answer.
    func reconcile(with code: String, by act: Act) async throws -> Comparison {
        guard let partner = try await database.read({ try partners.partner(code, in: $0) }) else {
            throw Problem.notFound("代码为“\(code)”的合作地区")
        }
        var comparison = Comparison()
        var after = ""
        var page = 0
        while true {
            page += 1
            let nonce = act.identifier("comparison/\(code)/\(page)").text
            var request = Accounts()
            request.nonce = nonce
            request.after = after
            let start = after
            let (own, inconsistent) = try await database.read { snapshot in
                let own = try accounts(with: code, after: start, upTo: "", limit: Self.pageLength + 1, in: snapshot)
                return (
                    own, try own.prefix(Self.pageLength).flatMap { try findings($0, with: code, in: snapshot) }
                )
            }
            comparison.differences += inconsistent
            let isLast = own.count <= Self.pageLength
            let mine = Array(own.prefix(Self.pageLength))
            request.upTo = isLast ? "" : mine.last?.caseID ?? ""
            let theirs = try await ask(partner, request, by: act)
            compare(mine, theirs.cases, partner, into: &comparison)
            if isLast { return comparison }
            after = request.upTo
        }
    }

    /// Answers a partner that compares.
    func answer(comparison bytes: [UInt8], by act: Act) async throws -> RawReply {
        let act = system(act)
        guard let letter = try? PeerLetter(parsing: bytes), let head = try? WireHead(json: letter.head) else {
            return Self.plain(400, "form")
        }
        guard let partner = try await proven(letter, head, by: act) else { return Self.plain(403, "signature") }
        let keys = try await ownKeys.keys(by: act)
        guard obstacle(to: head, by: act) == nil, let text = try? letter.open(with: keys, from: partner.card),
            let value = try? JSONParser.parse(text), let request = try? Accounts(json: value)
        else { return Self.plain(400, "form") }
        var reply = Accounts()
        reply.nonce = request.nonce
        reply.after = request.after
        reply.upTo = request.upTo
        reply.cases = try await database.read { snapshot in
            try accounts(with: partner.code, after: request.after, upTo: request.upTo, limit: 1000, in: snapshot)
        }
        let sealed = try PeerLetter(
            sealing: reply.json, head: self.head(to: partner, id: request.nonce, by: act).value, by: keys,
            for: partner.card)
        return RawReply(status: 200, contentType: "application/octet-stream", body: sealed.bytes)
    }

    private func head(to partner: Partner, id: String, by act: Act) -> WireHead {
        var head = WireHead()
        head.version = common(with: partner.versions) ?? versions.upperBound
        head.from = ownCode
        head.to = partner.code
        head.id = id
        head.sentAt = act.now
        return head
    }

    private func ask(_ partner: Partner, _ request: Accounts, by act: Act) async throws -> Accounts {
        let keys = try await ownKeys.keys(by: act)
        let letter = try PeerLetter(
            sealing: request.json, head: head(to: partner, id: request.nonce, by: act).value, by: keys,
            for: partner.card)
        let answer: (status: Int, body: [UInt8])
        do {
            answer = try await transport.post(letter.bytes, to: partner.address, path: Wire.comparisonPath)
        } catch {
            throw NotThrough(description: "连不上\(partner.name)：\(error)")
        }
        guard answer.status == 200 else { throw NotThrough(description: "\(partner.name)回了 HTTP \(answer.status)") }
        guard let sealed = try? PeerLetter(parsing: answer.body),
            let text = try? sealed.open(with: keys, from: partner.card), let value = try? JSONParser.parse(text),
            let reply = try? Accounts(json: value), reply.nonce == request.nonce
        else { throw NotThrough(description: "\(partner.name)的答复读不出来，或不是对这次对账的答复") }
        return reply
    }

    /// What our journal says of cases with a partner, in the order of their identifiers.
    private func accounts(
        with partner: String, after: String, upTo: String, limit: Int, in snapshot: Snapshot
    ) throws -> [Account] {
        try snapshot.rows(
            """
            SELECT l.case_id, c.state, c.division
            FROM cross_region_line l LEFT JOIN cross_region_case c ON c.id = l.case_id
            WHERE l.partner = ? AND l.case_id > ? AND (? = '' OR l.case_id <= ?) ORDER BY l.case_id LIMIT ?
            """, partner, after, upTo, upTo, limit
        ).map { row in
            let id: String = try row.get("case_id")
            let told = try JournalAccount(
                partner, id, division: try row.get("division", as: String?.self) ?? division, in: snapshot)
            var account = Account()
            account.caseID = id
            account.state = try row.get("state", as: String?.self) ?? ""
            account.said = told.said
            account.heard = told.heard
            return account
        }
    }

    /// Where our own tables say something else than our journal.
    private func findings(_ account: Account, with partner: String, in snapshot: Snapshot) throws -> [Difference] {
        let said = try messages.notes(.out, partner, account.caseID, in: snapshot).map(Line.init)
        let heard = try messages.notes(.incoming, partner, account.caseID, in: snapshot)
            .filter { $0.state != .open }.map(Line.init)
        var findings: [Difference] = []
        for (table, journal, name) in [(said, account.said, "发出"), (heard, account.heard, "收到")]
        where table != journal {
            findings.append(
                Difference(
                    caseID: account.caseID, message: "", text: "本方\(name)的报文，数据表和审计日志不一样", isUnderWay: false))
        }
        return findings
    }

    private func compare(
        _ mine: [Account], _ theirs: [Account], _ partner: Partner, into comparison: inout Comparison
    ) {
        let other = Dictionary(theirs.map { ($0.caseID, $0) }, uniquingKeysWith: { first, _ in first })
        let own = Dictionary(mine.map { ($0.caseID, $0) }, uniquingKeysWith: { first, _ in first })
        for id in Set(other.keys).union(own.keys).sorted() {
            comparison.cases += 1
            let (here, there) = (own[id] ?? Account(), other[id] ?? Account())
            comparison.messages += here.said.count + here.heard.count
            let before = comparison.differences.count
            compare(id, here.said, there.heard, "本方说的", "\(partner.name)收到的", into: &comparison)
            compare(id, there.said, here.heard, "\(partner.name)说的", "本方收到的", into: &comparison)
            let isQuiet = comparison.differences.count == before
            let states = Set([here.state, there.state]).subtracting(["", CrossCase.State.returned.rawValue])
            if isQuiet, states.count > 1 {
                comparison.differences.append(
                    Difference(
                        caseID: id, message: "", text: "本方是“\(here.state)”，\(partner.name)是“\(there.state)”",
                        isUnderWay: false))
            }
        }
    }

    private func compare(
        _ id: String, _ said: [Line], _ heard: [Line], _ saying: String, _ hearing: String,
        into comparison: inout Comparison
    ) {
        let known = Dictionary(heard.map { ($0.number, $0) }, uniquingKeysWith: { first, _ in first })
        let spoken = Dictionary(said.map { ($0.number, $0) }, uniquingKeysWith: { first, _ in first })
        for number in Set(known.keys).union(spoken.keys).sorted() {
            var text: String?
            var isUnderWay = false
            switch (spoken[number], known[number]) {
            case (let first?, nil):
                isUnderWay = first.state == MessageState.open.rawValue
                text = isUnderWay ? "还没有送到" : "\(hearing)里没有"
            case (nil, .some): text = "\(saying)里没有，却收到了"
            case (let first?, let second?) where first.id != second.id || first.digest != second.digest:
                text = "\(saying)和\(hearing)内容不一样"
            case (let first?, let second?) where first.state != second.state:
                isUnderWay = first.state == MessageState.open.rawValue || second.state == MessageState.open.rawValue
                text = "\(saying)是“\(first.state)”，\(hearing)是“\(second.state)”"
            default: break
            }
            guard let text else { continue }
            let message = (spoken[number] ?? known[number])?.id ?? ""
            comparison.differences.append(
                Difference(
                    caseID: id, message: message, text: "第 \(number) 号报文：\(text)", isUnderWay: isUnderWay))
        }
    }
}
