import Foundation
import PluginKit
import StorageTestSupport
import TestSupport
import Testing

@testable import CrossRegion

@Suite("The wire between two deployments")
struct WireTests {
    /// The receipt in an answer of a deployment.
    private func receipt(_ answer: (status: Int, body: [UInt8])) throws -> Receipt {
        try Receipt(json: try PeerStatement(parsing: answer.body).content)
    }

    /// A letter that a deployment's own keys prove, about whatever the test likes.
    private func letter(
        _ places: Places, from service: CrossRegionService, to other: CrossRegionService, _ body: MessageBody,
        case id: String, number: Int, message: Identifier? = nil, _ change: (inout WireHead) -> Void = { _ in }
    ) async throws -> Net.Letter {
        let act = places.net.act()
        var head = WireHead()
        head.from = service.ownCode
        head.to = other.ownCode
        head.caseID = id
        head.number = number
        head.id = (message ?? act.identifier("forged")).text
        head.sentAt = act.now
        change(&head)
        let sealed = try PeerLetter(
            sealing: try body.text(salt: [1, 2, 3]), head: head.value, by: try await service.ownKeys.keys(by: act),
            for: try await other.ownKeys.keys(by: act).card)
        let address = other.ownCode == "430600" ? Places.hereAddress : Places.thereAddress
        return Net.Letter(bytes: sealed.bytes, address: address, path: Wire.messagesPath)
    }

    private func decision() -> MessageBody {
        var body = DecisionBody()
        body.isGranted = true
        body.text = "准予。"
        return .decision(body)
    }

    @Test(
        "nobody on the way reads a letter, and a replayed one changes nothing", .covers("R13.7"),
        arguments: TestDatabase.all)
    func replay(kind: TestDatabaseKind) async throws {
        try await Places.run(kind) { places in
            let id = try await places.file()[0].id
            try await places.settle()
            for letter in places.net.letters {
                let text = String(decoding: letter.bytes, as: UTF8.self)
                #expect(!text.contains("张三") && !text.contains(Places.idNumber) && !text.contains("application"))
            }
            let before = try await places.journal(places.there, id).count
            for letter in places.net.letters {
                #expect(try receipt(try await places.net.deliver(letter)).status == .taken)
            }
            #expect(try await places.journal(places.there, id).count == before)
            // Days later the clock alone refuses it.
            places.net.pass(.seconds(86_400))
            let late = try receipt(try await places.net.deliver(places.net.letters[0]))
            #expect(late.status == .later)
            #expect(late.code == "clock")
        }
    }

    @Test("letters that overtake each other are kept and take effect in their order", arguments: TestDatabase.all)
    func order(kind: TestDatabaseKind) async throws {
        try await Places.run(kind) { places in
            let id = try await places.file(papers: [
                Places.paper, PaperFile(name: "二.pdf", bytes: Array("%PDF-2".utf8)),
            ])[0].id
            let notes = try await places.notes(places.here, .out, id)
            #expect(notes.map(\.kind) == ["application", "paper", "paper"])
            for note in notes.reversed() {
                try? await places.here.send(note.id, to: "320500", by: places.net.act())
            }
            let taken = try await places.journal(places.there, id).filter { $0.type == MessageTaken.name }
            #expect(taken.map { $0.body["number"]?.integer } == [1, 2, 3])
            #expect(try await places.notes(places.here, .out, id).map(\.state) == [.taken, .open, .open])
            try await places.settle()
            #expect(try await places.notes(places.here, .out, id).map(\.state) == [.taken, .taken, .taken])
        }
    }

    @Test("who has no key of a partner gets no receipt, and is counted", arguments: TestDatabase.all)
    func strangers(kind: TestDatabaseKind) async throws {
        try await Places.run(kind) { places in
            let id = try await places.file()[0].id
            try await places.settle()
            let forged = try await letter(
                places, from: places.here, to: places.there, decision(), case: id.text, number: 3)
            var bytes = forged.bytes
            bytes[bytes.count - 1] ^= 1
            let broken = try await places.net.deliver(
                Net.Letter(bytes: bytes, address: forged.address, path: forged.path))
            #expect(broken.status == 403)
            let unknown = try await letter(
                places, from: places.here, to: places.there, decision(), case: id.text, number: 3
            ) {
                $0.from = "999999"
            }
            #expect(try await places.net.deliver(unknown).status == 403)
            let junk = Net.Letter(bytes: Array("{}".utf8), address: Places.thereAddress, path: Wire.messagesPath)
            #expect(try await places.net.deliver(junk).status == 400)
            #expect(try await places.incidents(places.there) == ["signature": 1, "unknown": 1])
            #expect(try await places.states(id) == [.filed, .filed])
        }
    }

    @Test(
        "a lying partner is refused for good and recorded: what it was not asked, what is not agreed, what it said otherwise",
        .covers("R13.7"), arguments: TestDatabase.all)
    func lies(kind: TestDatabaseKind) async throws {
        try await Places.run(kind) { places in
            let (here, there, net) = (places.here, places.there, places.net)
            let id = try await places.file()[0].id
            try await places.settle()
            func said(_ letter: Net.Letter) async throws -> String {
                let receipt = try receipt(try await net.deliver(letter))
                return "\(receipt.status.rawValue) \(receipt.code)"
            }
            // Who collects may not decide; who decides may not before it has accepted, nor for a case that isn't ours.
            #expect(
                try await said(letter(places, from: here, to: there, decision(), case: id.text, number: 3))
                    == "refused asked")
            #expect(
                try await said(letter(places, from: there, to: here, decision(), case: id.text, number: 1))
                    == "refused state")
            let other = net.act().identifier("other").text
            #expect(
                try await said(letter(places, from: there, to: here, decision(), case: other, number: 1))
                    == "refused case")
            // An item that nobody agreed on.
            var application = ApplicationBody()
            application.bundle = other
            application.agreement = Places.number
            application.item = "X99"
            application.filedAt = net.now
            application.name = "张三"
            application.idNumber = Places.idNumber
            #expect(
                try await said(
                    letter(places, from: here, to: there, .application(application), case: other, number: 1))
                    == "refused agreement")
            application.item = Places.item
            application.filedAt = net.now.adding(.seconds(-40 * 86_400))
            let third = net.act().identifier("third").text
            #expect(
                try await said(
                    letter(places, from: here, to: there, .application(application), case: third, number: 1))
                    == "refused filed_at")
            // Twice the same number, or the same message with another text.
            #expect(
                try await said(letter(places, from: here, to: there, decision(), case: id.text, number: 1))
                    == "refused sequence")
            let first = try Identifier(try await places.notes(here, .out, id)[0].id)
            #expect(
                try await said(
                    letter(places, from: here, to: there, decision(), case: id.text, number: 1, message: first))
                    == "refused conflict")
            #expect(
                try await said(
                    letter(places, from: here, to: there, decision(), case: id.text, number: 4) { $0.to = "110000" })
                    == "later receiver")
            #expect(try await places.states(id) == [.filed, .filed])
            #expect(
                try await places.incidents(there) == [
                    "asked": 1, "agreement": 1, "filed_at": 1, "sequence": 1, "conflict": 1,
                ])
            #expect(try await places.incidents(here) == ["state": 1, "case": 1])
            let comparison = try await here.reconcile(with: "320500", by: net.act())
            #expect(!comparison.isSound, "what was said behind the other side's back is found")
        }
    }

    @Test(
        "a receipt counts only when the partner signed it for this message", .covers("R13.7"),
        arguments: TestDatabase.all)
    func receipts(kind: TestDatabaseKind) async throws {
        try await Places.run(kind) { places in
            let (here, there, net) = (places.here, places.there, places.net)
            let id = try await places.file(papers: [])[0].id
            let note = try #require(try await places.notes(here, .out, id).first)
            let (own, theirs) = (
                try await here.ownKeys.keys(by: net.act()), try await there.ownKeys.keys(by: net.act())
            )
            var claim = Receipt()
            claim.from = "320500"
            claim.to = "430600"
            claim.caseID = id.text
            claim.number = 1
            claim.id = note.id
            claim.digest = note.digest
            claim.status = .taken
            let claimed = claim.value
            net.set(.answers { _ in try PeerStatement(signing: claimed, by: own).bytes })
            await #expect(throws: NotThrough.self) { try await here.send(note.id, to: "320500", by: net.act()) }
            claim.digest = String(repeating: "0", count: 64)
            let other = claim.value
            net.set(.answers { _ in try PeerStatement(signing: other, by: theirs).bytes })
            await #expect(throws: NotThrough.self) { try await here.send(note.id, to: "320500", by: net.act()) }
            net.set(.answers { _ in Array("<html>502</html>".utf8) })
            await #expect(throws: NotThrough.self) { try await here.send(note.id, to: "320500", by: net.act()) }
            #expect(try await places.notes(here, .out, id).map(\.state) == [.open])
            #expect(try await places.incidents(here) == ["receipt.signature": 1, "receipt.other": 1])
            net.set(.fair)
            try await places.settle()
            let settled = try #require(try await places.notes(here, .out, id).first)
            #expect(settled.state == .taken)
            #expect(settled.tries == 4)
            #expect(try PeerStatement(parsing: Array(settled.receipt.utf8)).isProven(by: theirs.card))
        }
    }

    @Test("an application that the partner refuses comes back to the window with the reason")
    func returned() async throws {
        try await Places.run(.sqlite) { places in
            let there = places.there
            let agreement = try #require(
                try await there.database.read { try there.partners.agreements(in: $0).first })
            let (day, act) = (places.net.now.day, places.net.act())
            _ = try await there.database.write {
                try there.partners.end(agreement: agreement.id, on: day, reason: "终止", by: act, in: $0)
            }
            let id = try await places.file()[0].id
            try await places.settle()
            #expect(try await places.states(id) == [.returned, nil])
            #expect(try await places.find(places.here, id)?.document.returned.contains("没有由本方办理的这个事项") == true)
            #expect(try await places.notes(places.here, .out, id).map(\.state) == [.refused, .refused])
            #expect(
                try await places.here.reconcile(with: "320500", by: places.net.act()).differences == [])
        }
    }

    @Test("two versions meet on the highest that both speak, and wait where there is none")
    func versions() async throws {
        try await Places.run(.sqlite, here: 1...3, there: 2...2) { places in
            let id = try await places.file(papers: [])[0].id
            try await places.settle()
            #expect(try await places.states(id) == [.filed, .filed])
            let spoken = try places.net.letters.map {
                try WireHead(json: try PeerLetter(parsing: $0.bytes).head).version
            }
            #expect(spoken == [1, 2], "tried what was known of it, then what it told")
        }
        try await Places.run(.sqlite, here: 1...1, there: 2...2) { places in
            let id = try await places.file(papers: [])[0].id
            try await places.settle()
            #expect(try await places.states(id) == [.filed, nil])
            #expect(try await places.notes(places.here, .out, id).map(\.state) == [.open])
        }
    }

    @Test("a partner whose clock is wrong is put off, and taken once it is right")
    func clocks() async throws {
        try await Places.run(.sqlite) { places in
            places.net.skew(Places.thereAddress, by: .seconds(3600))
            let id = try await places.file()[0].id
            try await places.settle()
            #expect(try await places.states(id) == [.filed, nil])
            places.net.skew(Places.thereAddress, by: .seconds(300))
            try await places.settle()
            #expect(try await places.states(id) == [.filed, .filed])
        }
    }

    @Test("reconciling finds what was changed in a table or said behind the other's back", .covers("R13.7"))
    func reconciling() async throws {
        try await Places.run(.sqlite) { places in
            let (here, there) = (places.here, places.there)
            let id = try await places.file()[0].id
            let early = try await here.reconcile(with: "320500", by: places.net.act())
            #expect(early.isSound && early.differences.map(\.isUnderWay) == [true, true])
            try await places.settle()
            #expect(try await here.reconcile(with: "320500", by: places.net.act()).differences == [])
            let digest = String(repeating: "a", count: 64)
            try await there.database.write {
                _ = try $0.execute("UPDATE cross_region_message SET digest = ? WHERE number = 2", digest)
            }
            let told = try await there.reconcile(with: "430600", by: places.net.act())
            #expect(told.differences.map(\.text) == ["本方收到的报文，数据表和审计日志不一样"])
            try await here.database.write {
                _ = try $0.execute("UPDATE cross_region_case SET state = '准予' WHERE id = ?", id)
            }
            let other = try await here.reconcile(with: "320500", by: places.net.act())
            #expect(other.differences.map(\.text) == ["本方是“准予”，苏州市是“已提交”"])
            places.net.set(.losesLetter)
            await #expect(throws: NotThrough.self) { try await here.reconcile(with: "320500", by: places.net.act()) }
        }
    }
}
