public import Casework
public import Extension
public import Messaging
import Standards
public import Storage

/// Gives messaging the papers of cases to print, and records with them how they were served.
public struct CaseLegalPapers: LegalPapers {
    private let casework: CaseworkService

    public init(_ casework: CaseworkService) { self.casework = casework }

    public func file(of paper: NoticeDraft.LegalPaper, by act: Act) async throws -> FileReply {
        try await casework.paper(paper.id, of: paper.owner, by: act)
    }

    public func serve(
        _ paper: NoticeDraft.LegalPaper, _ service: NoticeService, by act: Act, in transaction: Transaction
    ) throws {
        let file = try casework.sight(of: paper.owner, by: act, in: transaction).file
        if file.paper(paper.id)?.service != nil { return }
        _ = try casework.serve(
            paper.id, of: paper.owner, by: service.way == .post ? .post : .inPerson, to: service.recipient,
            on: service.day, tracking: service.tracking, by: act, in: transaction)
    }

    public func received(_ paper: NoticeDraft.LegalPaper, by act: Act, in transaction: Transaction) throws {
        try casework.received(paper.id, of: paper.owner, by: act, in: transaction)
    }
}

/// Tells messaging that a paper was served at its case's own page, so that nobody posts it once more.
public enum CasePaperService {
    /// The subscription that does so.
    public static func subscription(_ messaging: MessagingService) -> On {
        On(CasePaperServed.self, name: "paper-served") { event, act, transaction in
            try messaging.paperServed(event.paper, by: act, in: transaction)
        }
    }
}
