import PluginKit

/// Takes what partners send: proves it, puts it in order, makes its effect happen once, and signs a receipt.
extension CrossRegionService {
    /// Takes a letter.
    ///
    /// - Returns: a signed receipt for a proven sender, 400 or 403 without one for anybody else.
    func receive(_ bytes: [UInt8], by act: Act) async throws -> RawReply {
        let act = system(act)
        guard let letter = try? PeerLetter(parsing: bytes), let head = try? WireHead(json: letter.head) else {
            return Self.plain(400, "form")
        }
        guard let partner = try await proven(letter, head, by: act) else { return Self.plain(403, "signature") }
        let keys = try await ownKeys.keys(by: act)
        var receipt = Receipt()
        receipt.from = ownCode
        receipt.to = partner.code
        receipt.caseID = head.caseID
        receipt.number = head.number
        receipt.id = head.id
        receipt.lowest = versions.lowerBound
        receipt.highest = versions.upperBound
        receipt.at = act.now
        if let obstacle = obstacle(to: head, by: act) {
            receipt.code = obstacle.code
            receipt.detail = obstacle.detail
        } else if let text = try? letter.open(with: keys, from: partner.card) {
            receipt.digest = PeerDigest.of(text)
            let kind = (try? MessageBody(text: text))?.kind.rawValue ?? "?"
            let message = CrossMessage(
                partner: partner.code, caseID: head.caseID, number: head.number, id: head.id, kind: kind,
                digest: receipt.digest, text: text)
            let verdict = try await database.write { try take(message, from: partner, by: act, in: $0) }
            receipt.status = verdict.status
            receipt.code = verdict.code
            receipt.detail = verdict.detail
        } else {
            receipt.code = "sealed"
            receipt.detail = "报文不是用本方现在的加密公钥加密的，请核对名片。"
        }
        let content = try JSONParser.parse(receipt.json)
        let statement = try PeerStatement(signing: content, by: keys)
        return RawReply(status: 200, contentType: "application/json; charset=utf-8", body: statement.bytes)
    }

    /// The partner whose key proves a letter; nil, and counted, when there is none.
    func proven(_ letter: PeerLetter, _ head: WireHead, by act: Act) async throws -> Partner? {
        let partner = try await database.read { try partners.partner(head.from, in: $0) }
        if let partner, letter.isProven(by: partner.card) {
            try await database.write { transaction in
                _ = try transaction.execute(
                    "UPDATE cross_region_partner SET heard_at = ? WHERE code = ?", act.now, partner.code)
            }
            return partner
        }
        let code = partner == nil ? "unknown" : "signature"
        try await database.write {
            try incidents.note(
                partner?.code ?? "?", code, partner == nil ? "来自没有登记的地区" : "签名不是它的", isProven: false, by: act, in: $0)
        }
        return nil
    }

    /// What puts a letter off before it is read: another receiver, another version, another clock.
    func obstacle(to head: WireHead, by act: Act) -> Refusal? {
        if head.to != ownCode { return Refusal("receiver", "这封报文是给“\(head.to)”的，本方是“\(ownCode)”。") }
        if !versions.contains(head.version) {
            return Refusal("version", "本方支持的版本是 \(versions.lowerBound) 到 \(versions.upperBound)。")
        }
        let skew = Duration.seconds(60 * settings.clockSkewMinutes)
        if head.sentAt - act.now > skew || act.now - head.sentAt > skew {
            return Refusal("clock", "报文的时间是 \(head.sentAt.chinaTime)，和本方的时钟相差太多，请校准时钟后重发。")
        }
        return nil
    }

    /// Takes a proven message in its turn.
    func take(
        _ message: CrossMessage, from partner: Partner, by act: Act, in transaction: Transaction
    ) throws -> (status: Receipt.Status, code: String, detail: String) {
        func erred(_ refusal: Refusal) throws -> (status: Receipt.Status, code: String, detail: String) {
            try incidents.note(partner.code, refusal.code, refusal.detail, isProven: true, by: act, in: transaction)
            return (.refused, refusal.code, refusal.detail)
        }
        guard (try? Identifier(message.caseID)) != nil, (try? Identifier(message.id)) != nil, message.number > 0 else {
            return try erred(Refusal("form", "报文的编号不对。"))
        }
        let next = try messages.line(partner.code, message.caseID, in: transaction).nextIn
        if let known = try messages.note(.incoming, partner.code, message.id, in: transaction) {
            guard known.digest == message.digest, known.caseID == message.caseID, known.number == message.number else {
                return try erred(Refusal("conflict", "同一个报文编号前后内容不一样。"))
            }
            return Self.verdict(known)
        }
        if try messages.note(.incoming, partner.code, message.caseID, number: message.number, in: transaction) != nil {
            return try erred(Refusal("sequence", "这个办件的第 \(message.number) 号报文已经收过另外一份。"))
        }
        if message.number > next + Wire.maximumAhead {
            return (.later, "ahead", "前面的报文还没有到，请先发第 \(next) 号。")
        }
        try messages.keep(message, by: act, in: transaction)
        var number = next
        while let due = try messages.note(.incoming, partner.code, message.caseID, number: number, in: transaction),
            due.state == .open
        {
            try settle(due, from: partner, by: act, in: transaction)
            number += 1
        }
        try transaction.execute(
            "UPDATE cross_region_line SET next_in = ? WHERE partner = ? AND case_id = ?", number, partner.code,
            message.caseID)
        guard let settled = try messages.note(.incoming, partner.code, message.id, in: transaction) else {
            return (.later, "storage", "请稍后再发。")
        }
        return Self.verdict(settled)
    }

    /// Makes the effect of a message whose turn has come, or refuses it for good.
    private func settle(
        _ note: MessageLog.Note, from partner: Partner, by act: Act, in transaction: Transaction
    ) throws {
        var refusal: Refusal?
        do {
            let body = try MessageBody(text: try messages.text(.incoming, note, in: transaction))
            try apply(body, of: note, from: partner, by: act, in: transaction)
        } catch let refused as Refusal {
            refusal = refused
            try incidents.note(
                partner.code, refused.code, refused.detail, isProven: true, by: act, in: transaction)
        }
        try messages.settle(
            .incoming, partner.code, note.id, kind: note.kind, as: refusal == nil ? .taken : .refused,
            code: refusal?.code ?? "", receipt: refusal?.detail ?? "", at: act.now, in: transaction)
        let known = try cases.find(note.caseID, in: transaction)
        try cases.tell(
            [
                MessageTaken(
                    partner: partner.code, message: note.id, number: note.number, kind: note.kind,
                    digest: note.digest, status: refusal == nil ? "taken" : "refused", code: refusal?.code ?? "")
            ], note.caseID, division: known?.division ?? division, by: act, in: transaction)
    }

    private static func verdict(_ note: MessageLog.Note) -> (status: Receipt.Status, code: String, detail: String) {
        switch note.state {
        case .open: (.held, "held", "前面的报文还没有到，已替您留着。")
        case .taken: (.taken, "", "")
        case .refused: (.refused, note.code, note.receipt)
        }
    }

    static func plain(_ status: Int, _ text: String) -> RawReply {
        RawReply(status: status, contentType: "text/plain; charset=utf-8", body: Array(text.utf8))
    }
}
