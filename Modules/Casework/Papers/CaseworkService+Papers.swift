import Documents
public import Extension
public import Standards
public import Storage

extension CaseworkService {
    /// A paper of a case as PDF, for whoever may see it.
    ///
    /// - Throws: ``CaseworkError`` `not_found`, or `paper_damaged` when it does not say any more what was issued.
    public func paper(_ id: Identifier, of caseID: Identifier, by act: Act) async throws -> FileReply {
        let seen = try await sight(of: caseID, by: act)
        guard let paper = seen.file.paper(id) else { throw CaseworkError.notFound }
        return try await reply(paper, of: seen.file)
    }

    func reply(_ paper: CasePaper, of file: CaseFile) async throws -> FileReply {
        let content = try await database.read { try store.content(of: paper, in: file, $0) }
        return FileReply(
            bytes: try await papers.pdf(content.document), contentType: "application/pdf",
            name: "\(paper.title) \(paper.number).pdf")
    }

    /// Records how a paper was served; the proof of service is made in the same transaction.
    public func serve(
        _ paper: Identifier, of id: Identifier, by way: PaperService.Way, to recipient: String, on day: LegalDay,
        tracking: String? = nil, expected: Int? = nil, by act: Act, in transaction: Transaction
    ) throws -> CaseFile {
        try change(id, expected: expected, by: act, in: transaction, access: CaseAccess.server(of: paper)) {
            file, context in
            let tracking = tracking?.withoutInvisibles
            try file.serve(
                paper, by: way, to: recipient.withoutInvisibles, on: day,
                tracking: tracking?.isEmpty == true ? nil : tracking, in: context)
        }
    }

    /// Records that the applicant received a paper electronically (电子送达); nothing new where its service is recorded.
    public func received(
        _ paper: Identifier, of id: Identifier, by act: Act, in transaction: Transaction
    ) throws {
        guard let file = try store.find(id, in: transaction), file.isApplicant(act.actor),
            let known = file.paper(paper), known.service == nil, known.kind != .service
        else { return }
        _ = try change(id, by: act, in: transaction, access: CaseAccess.applicant) { file, context in
            try file.serve(
                paper, by: .electronic, to: act.actor.displayName, on: act.now.day, tracking: nil, in: context)
        }
    }
}

extension CaseAccess {
    /// A clerk, or an officer of the agency that decides the item of which the paper speaks.
    static func server(of paper: Identifier) -> (CaseFile, Act) throws -> Void {
        { file, act in
            if let item = file.paper(paper).flatMap(file.item), !act.actor.holds(.acceptCases) {
                return try officer(of: item)(file, act)
            }
            try clerk(file, act)
        }
    }
}
