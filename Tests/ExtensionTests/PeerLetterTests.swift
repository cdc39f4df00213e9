import Extension
import Testing

@Suite("Letters between peers")
struct PeerLetterTests {
    private let ours: PeerKeys
    private let theirs: PeerKeys
    private let text = Array("张三 430602199001011234".utf8)
    private let head: JSONValue = ["from": "430600", "to": "320500", "number": 7]

    init() throws {
        ours = try .generate()
        theirs = try .generate()
    }

    private func failure(_ body: () throws -> Void) -> PeerFailure? {
        do {
            try body()
            return nil
        } catch {
            return error as? PeerFailure
        }
    }

    @Test("the receiver reads what the sender wrote, and nobody else reads it")
    func reading() throws {
        let letter = try PeerLetter(sealing: text, head: head, by: ours, for: theirs.card)
        let arrived = try PeerLetter(parsing: letter.bytes)
        #expect(arrived == letter)
        #expect(arrived.head == head)
        #expect(try arrived.open(with: theirs, from: ours.card) == text)
        #expect(failure { _ = try arrived.open(with: try .generate(), from: ours.card) } == .sealed)
        #expect(failure { _ = try arrived.open(with: theirs, from: try PeerKeys.generate().card) } == .signature)
        #expect(!String(decoding: letter.bytes, as: UTF8.self).contains("张三"))
        let again = try PeerLetter(sealing: text, head: head, by: ours, for: theirs.card)
        #expect(again.bytes != letter.bytes, "each letter has a key of its own")
    }

    @Test("no changed byte is believed")
    func changes() throws {
        let bytes = try PeerLetter(sealing: text, head: head, by: ours, for: theirs.card).bytes
        for position in bytes.indices {
            var changed = bytes
            changed[position] ^= 1
            let refused = failure { _ = try PeerLetter(parsing: changed).open(with: theirs, from: ours.card) }
            #expect(refused == .form || refused == .signature, "byte \(position)")
        }
        #expect(
            failure { _ = try PeerLetter(parsing: Array(bytes.dropLast())).open(with: theirs, from: ours.card) }
                == .signature)
        #expect(failure { _ = try PeerLetter(parsing: []) } == .form)
    }

    @Test("a statement is proven by its signer's card alone, and is never a letter's signature")
    func statements() throws {
        let statement = try PeerStatement(signing: head, by: ours)
        let kept = try PeerStatement(parsing: statement.bytes)
        #expect(kept.isProven(by: ours.card))
        #expect(!kept.isProven(by: theirs.card))
        let changed = String(decoding: statement.bytes, as: UTF8.self).replacing("320500", with: "320600")
        #expect(try !PeerStatement(parsing: Array(changed.utf8)).isProven(by: ours.card))
    }

    @Test("keys come back from what was sealed, and cards from their texts")
    func keeping() throws {
        let kept = try PeerKeys(secret: try ours.secret())
        #expect(kept.card == ours.card)
        #expect(try PeerCard(signing: ours.card.signing, reading: ours.card.reading) == ours.card)
        #expect(ours.card.fingerprint != theirs.card.fingerprint)
        #expect(ours.card.fingerprint.split(separator: " ").map(\.count) == Array(repeating: 4, count: 8))
        #expect(failure { _ = try PeerKeys(secret: [1, 2]) } == .keys)
        #expect(failure { _ = try PeerCard(signing: "x", reading: ours.card.reading) } == .keys)
    }
}
