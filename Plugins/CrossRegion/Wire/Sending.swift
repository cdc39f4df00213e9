import PluginKit

/// Sends our messages and believes nothing but a proven receipt.
extension CrossRegionService {
    /// What the outbox tells of a message that was written.
    struct Written: Decodable, Sendable {
        let partner: String
        let message: String
    }

    /// Sends a message once, unless a receipt has settled it.
    ///
    /// - Throws: ``NotThrough`` when it is to be tried again: no answer, no proof, not now.
    func send(_ id: String, to code: String, by act: Act) async throws {
        let act = system(act)
        let found = try await database.read { snapshot -> (MessageLog.Note, [UInt8], Partner)? in
            guard let note = try messages.note(.out, code, id, in: snapshot), note.state == .open,
                let partner = try partners.partner(code, in: snapshot)
            else { return nil }
            return (note, try messages.text(.out, note, in: snapshot), partner)
        }
        guard let (note, text, partner) = found else { return }
        try await database.write { transaction in
            _ = try transaction.execute(
                "UPDATE cross_region_message SET tries = tries + 1 WHERE direction = ? AND partner = ? AND id = ?",
                Direction.out, code, id)
        }
        var answer = try await exchange(note, text, partner, speaking: partner.versions, by: act)
        if answer.said.status == .later, answer.said.code == "version" {
            let theirs = answer.said.lowest...max(answer.said.lowest, answer.said.highest)
            try await learn(theirs, of: partner, by: act)
            answer = try await exchange(note, text, partner, speaking: theirs, by: act)
        }
        switch answer.said.status {
        case .taken, .refused: try await settle(note, answer.said, proof: answer.proof, by: act)
        case .held, .later: throw NotThrough(description: "\(partner.name)暂时没有收下：\(answer.said.detail)")
        }
    }

    /// Tries everything without a receipt again, in the order in which it was written: for a partner that was away
    /// longer than the outbox waits.
    ///
    /// - Returns: how many were settled, and what keeps the others, by partner.
    func sendOpen(before: Instant, by act: Act) async throws -> (settled: Int, obstacles: [String: String]) {
        let open = try await database.read { try messages.open(before: before, limit: 500, in: $0) }
        var obstacles: [String: String] = [:]
        var settled = 0
        for note in open where obstacles[note.partner] == nil {
            do {
                try await send(note.id, to: note.partner, by: act)
                settled += 1
            } catch let failure as NotThrough {
                obstacles[note.partner] = failure.description
            }
        }
        return (settled, obstacles)
    }

    /// One try: a fresh letter, and an answer that is proven and speaks of this message.
    private func exchange(
        _ note: MessageLog.Note, _ text: [UInt8], _ partner: Partner, speaking theirs: ClosedRange<Int>, by act: Act
    ) async throws -> (said: Receipt, proof: PeerStatement) {
        guard let version = common(with: theirs) else {
            throw NotThrough(
                description: "\(partner.name)支持的版本是 \(theirs.lowerBound) 到 \(theirs.upperBound)，"
                    + "本方是 \(versions.lowerBound) 到 \(versions.upperBound)，要等一方升级")
        }
        var head = WireHead()
        head.version = version
        head.from = ownCode
        head.to = partner.code
        head.caseID = note.caseID
        head.number = note.number
        head.id = note.id
        head.sentAt = act.now
        let keys = try await ownKeys.keys(by: act)
        let letter = try PeerLetter(sealing: text, head: head.value, by: keys, for: partner.card)
        let answer: (status: Int, body: [UInt8])
        do {
            answer = try await transport.post(letter.bytes, to: partner.address, path: Wire.messagesPath)
        } catch {
            throw NotThrough(description: "连不上\(partner.name)：\(error)")
        }
        guard answer.status == 200 else { throw NotThrough(description: "\(partner.name)回了 HTTP \(answer.status)") }
        guard let statement = try? PeerStatement(parsing: answer.body),
            let receipt = try? Receipt(json: statement.content)
        else { throw NotThrough(description: "\(partner.name)的回执读不出来") }
        guard statement.isProven(by: partner.card) else {
            try await lied(partner, "receipt.signature", "第 \(note.number) 号报文的回执签名不对", isProven: false, by: act)
        }
        let isOurs =
            receipt.from == partner.code && receipt.to == ownCode && receipt.id == note.id
            && receipt.caseID == note.caseID && receipt.number == note.number
            && (receipt.digest == note.digest || (receipt.digest.isEmpty && receipt.status == .later))
        guard isOurs else {
            try await lied(partner, "receipt.other", "第 \(note.number) 号报文的回执说的是另一份报文", isProven: true, by: act)
        }
        return (receipt, statement)
    }

    /// The highest version that both speak.
    func common(with theirs: ClosedRange<Int>) -> Int? {
        let version = min(versions.upperBound, theirs.upperBound)
        return versions.contains(version) && theirs.contains(version) ? version : nil
    }

    private func learn(_ theirs: ClosedRange<Int>, of partner: Partner, by act: Act) async throws {
        try await database.write { transaction in
            _ = try transaction.execute(
                "UPDATE cross_region_partner SET lowest = ?, highest = ? WHERE code = ?", theirs.lowerBound,
                theirs.upperBound, partner.code)
        }
    }

    private func lied(
        _ partner: Partner, _ code: String, _ detail: String, isProven: Bool, by act: Act
    ) async throws -> Never {
        try await database.write {
            try incidents.note(partner.code, code, detail, isProven: isProven, by: act, in: $0)
        }
        throw NotThrough(description: detail)
    }

    /// Keeps the receipt of a message; the first one counts.
    private func settle(
        _ note: MessageLog.Note, _ receipt: Receipt, proof: PeerStatement, by act: Act
    ) async throws {
        try await database.write { transaction in
            _ = try messages.line(note.partner, note.caseID, in: transaction)
            guard try messages.note(.out, note.partner, note.id, in: transaction)?.state == .open else { return }
            let isTaken = receipt.status == .taken
            try messages.settle(
                .out, note.partner, note.id, kind: note.kind, as: isTaken ? .taken : .refused, code: receipt.code,
                receipt: String(decoding: proof.bytes, as: UTF8.self), at: act.now, in: transaction)
            guard var value = try cases.lock(note.caseID, in: transaction) else { return }
            var told: [any Event] = [
                MessageSettled(
                    message: note.id, number: note.number, digest: note.digest, status: receipt.status.rawValue,
                    code: receipt.code)
            ]
            if !isTaken, note.kind == MessageBody.Kind.application.rawValue, value.state == .filed {
                value.state = .returned
                value.document.returned = receipt.detail
                try count(cases: -1, visits: -value.visits, of: value, by: act, in: transaction)
                value.visits = 0
                told.append(CaseMoved(caseID: value.id, state: value.state.rawValue, by: note.partner))
            }
            try cases.save(value, told, by: act, in: transaction)
        }
    }
}
