import Extension
import Standards
import Storage

extension CaseworkService {
    /// The papers of a case, and how they were served.
    var paperEndpoints: [any Contribution] {
        [
            Endpoint(
                .get, "cases/{id}/papers", summary: "一件事的文书", access: .signedIn, problems: ["casework.not_found"]
            ) { (input: CasePath, call) in
                PaperList(try await sight(of: input.id, by: call.act).file.papers)
            },
            Endpoint(
                download: "cases/{id}/papers/{paper}", summary: "一份文书的 PDF", access: .signedIn,
                contentTypes: ["application/pdf"], problems: ["casework.not_found"]
            ) { (input: PaperPath, call) in
                try await paper(input.paper, of: input.id, by: call.act)
            },
            Endpoint(
                download: "cases/{id}/archive", summary: "一件事的整件档案（ZIP）：文书、材料、结果、过程和目录", access: .signedIn,
                contentTypes: ["application/zip"], problems: ["casework.not_found", "casework.forbidden"]
            ) { (input: CasePath, call) in
                try await archive(input.id, by: call.act)
            },
            Endpoint(
                .post, "cases/{id}/papers/{paper}/service", summary: "登记一份文书的送达，同时出具送达回证", access: .signedIn,
                status: 201, problems: ["casework.already_served", "casework.not_found", "casework.forbidden"]
            ) { (input: ServiceInput, call) in
                try await call.commit(to: database, status: 201) { transaction in
                    let file = try serve(
                        input.paper, of: input.id, by: input.way, to: input.recipient,
                        on: input.day ?? call.act.now.day, tracking: input.tracking, expected: call.expectedVersion,
                        by: call.act, in: transaction)
                    return PaperList(try sight(of: file, by: call.act, in: transaction).file.papers)
                }
            },
        ]
    }
}

struct PaperPath: SchemaType {
    var id = Identifier.none
    var paper = Identifier.none
    static let schema = Schema<Self> {
        Field("id", \.id, .identifier, doc: "系统编号", in: .path)
        Field("paper", \.paper, .identifier, doc: "文书的系统编号", in: .path)
    }
}

struct ServiceInput: SchemaType {
    var id = Identifier.none
    var paper = Identifier.none
    var way = PaperService.Way.inPerson
    var recipient = ""
    var day: LegalDay?
    var tracking: String?
    static let schema = Schema<Self> {
        Field("id", \.id, .identifier, doc: "系统编号", in: .path)
        Field("paper", \.paper, .identifier, doc: "文书的系统编号", in: .path)
        Field("way", \.way, .choice, doc: "送达方式")
        Field("recipient", \.recipient, .text(min: 1, max: 100), doc: "收件人")
        Field("day", \.day, .optional(.day), doc: "送达日期；不写为今天")
        Field("tracking", \.tracking, .optional(.text(max: 60)), doc: "邮件号码，邮寄送达必填")
    }
}
