import Extension
import Standards
import Storage

extension CaseworkService {
    /// How those who decide open the licences that serve in place of papers.
    var evidenceEndpoints: [any Contribution] {
        [
            Endpoint(
                .get, "cases/{id}/materials/{slot}/evidence", summary: "代替一份材料的电子证照", access: .signedIn,
                problems: ["casework.not_found"]
            ) { (input: MaterialPath, call) in
                ServingDocumentView(try await evidence(for: input.slot, of: input.id, by: call.act))
            },
            Endpoint(
                download: "cases/{id}/materials/{slot}/evidence/file", summary: "代替一份材料的电子证照的文件",
                access: .signedIn,
                contentTypes: [
                    "application/pdf", "image/png", "image/jpeg", "application/ofd", "application/octet-stream",
                ],
                problems: ["casework.not_found"]
            ) { (input: MaterialPath, call) in
                try await evidenceFile(for: input.slot, of: input.id, by: call.act)
            },
        ]
    }
}

/// A licence that serves in place of a paper, as the interface gives it to who handles the case.
struct ServingDocumentView: SchemaType {
    var evidence = ""
    var title = ""
    var number = ""
    var issuer = ""
    var issuedOn = LegalDay.first
    var validUntil: LegalDay?
    var status = ""
    var isInForce = false
    var holders: [ConsentLineView] = []
    var fields: [ConsentLineView] = []
    var hasFile = false

    init() {}

    init(_ document: ServingDocument) {
        evidence = document.evidence
        title = document.title
        number = document.number
        issuer = document.issuer
        issuedOn = document.issuedOn
        validUntil = document.validUntil
        status = document.status
        isInForce = document.isInForce
        holders = document.holders.map { ConsentLineView($0.name, $0.identifier) }
        fields = document.lines.map { ConsentLineView($0.title, $0.value) }
        hasFile = document.hasFile
    }

    static let schema = Schema<Self> {
        Field("evidence", \.evidence, .text(max: 100), doc: "证照的系统编号")
        Field("title", \.title, .text(max: 120), doc: "证照名称")
        Field("number", \.number, .text(max: 80), doc: "证照编号")
        Field("issuer", \.issuer, .text(max: 120), doc: "颁发机构")
        Field("issued_on", \.issuedOn, .day, doc: "颁发日期")
        Field("valid_until", \.validUntil, .optional(.day), doc: "有效期至；没有的长期有效")
        Field("status", \.status, .text(max: 20), doc: "现在的状态")
        Field("is_in_force", \.isInForce, .flag, doc: "现在是否有效")
        Field("holders", \.holders, .list(of: .object), doc: "持证主体：姓名（名称）和证件号码")
        Field("fields", \.fields, .list(of: .object), doc: "证照内容")
        Field("has_file", \.hasFile, .flag, doc: "是否有文件可以打开")
    }
}
