import Extension
import Standards
import Storage
import Synchronization

@testable import Messaging

/// Telephones and addresses that a test sets.
final class Town: RecipientDirectory, Sendable {
    private let contacts = Mutex<[Identifier: Contact]>([:])

    func know(_ contact: Contact?, of person: Identifier) { contacts.withLock { $0[person] = contact } }

    func contact(of recipient: Recipient, in snapshot: Snapshot) throws -> Contact? {
        contacts.withLock { $0[recipient.person] }
    }

    func person(withNumber number: String, in snapshot: Snapshot) throws -> Identifier? {
        number == "430602190904265454" ? MessagingWorld.father : nil
    }

    func agent(
        ofEnterprise creditCode: String, covering names: [String], at instant: Instant, in snapshot: Snapshot
    ) throws -> Recipient? {
        names.contains("enterprise-setup") && creditCode == MessagingWorld.creditCode
            ? Recipient(party: MessagingWorld.company, person: MessagingWorld.father) : nil
    }
}

/// Papers of legal force, and how often each was served.
final class Papers: LegalPapers, Sendable {
    private let kept = Mutex<[Identifier: NoticeService]>([:])

    var served: [Identifier: NoticeService] { kept.withLock { $0 } }

    func file(of paper: NoticeDraft.LegalPaper, by act: Act) async throws -> FileReply {
        FileReply(
            bytes: Array("%PDF \(paper.number)".utf8), contentType: "application/pdf", name: "\(paper.number).pdf")
    }

    func serve(
        _ paper: NoticeDraft.LegalPaper, _ service: NoticeService, by act: Act, in transaction: Transaction
    ) throws {
        kept.withLock { $0[paper.id] = service }
    }

    func received(_ paper: NoticeDraft.LegalPaper, by act: Act, in transaction: Transaction) throws {
        kept.withLock {
            $0[paper.id] = NoticeService(
                way: .inPerson, recipient: act.actor.displayName, day: act.now.day, tracking: nil)
        }
    }
}

/// A provider of short messages: it sends each key once, and answers as a test says.
final class Provider: MessageChannel, Sendable {
    /// How it answers a request.
    enum Answer: Sendable {
        case taken
        /// Taken, but the answer is lost on its way.
        case takenAndLost
        case refused(ChannelFailure)
    }

    private struct State {
        var answers: [Answer] = []
        var sent: [(key: String, message: ShortMessage)] = []
        var requests = 0
    }

    private let state = Mutex(State())

    let name = "test"

    /// The messages that reached a telephone, each once.
    var sent: [ShortMessage] { state.withLock { $0.sent.map(\.message) } }
    var requests: Int { state.withLock { $0.requests } }

    /// Answers the next requests so, in order; later ones are taken.
    func answer(_ answers: Answer...) { state.withLock { $0.answers += answers } }

    func send(_ message: ShortMessage, key: String, by act: Act) async throws -> ChannelReceipt {
        let answer = state.withLock { state -> Answer in
            state.requests += 1
            let answer = state.answers.isEmpty ? .taken : state.answers.removeFirst()
            if case .refused = answer { return answer }
            if !state.sent.contains(where: { $0.key == key }) { state.sent.append((key, message)) }
            return answer
        }
        switch answer {
        case .taken: return ChannelReceipt(reference: "m-\(key)", isDelivered: false)
        case .takenAndLost: throw ChannelFailure("timeout", isPassing: true)
        case .refused(let failure): throw failure
        }
    }
}
