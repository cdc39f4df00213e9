import PluginKit

/// Recording applications for those who come to a window without an account (窗口代录).
///
/// Once the person is named, the member of staff goes the applicant's own way, page by page; ``SessionRoutes`` changes
/// the session.
struct CounterPages: PageGroup {
    static let path = "/staff/counter"
    static let access = Access.staff(IdentityService.assist)

    let services: PortalServices

    var pages: [Page] {
        [
            Page(Self.path, access: Self.access, menu: "窗口代录") { request in
                let drafts = try await services.casework.recordedDrafts(by: request.act)
                return .render(.named("counter"), CounterForm(request: request).page(drafts: drafts))
            },
            Page("/cases/{id}/sheet", access: .signedIn) { request in
                let sight = try await services.casework.sight(of: try request.identifier(), by: request.act)
                return .render(.named("sheet"), ApplicationSheet(sight: sight).page)
            },
            Page("/cases/{id}/signatures/{file}", access: .signedIn) { request in
                .file(
                    try await services.casework.signaturePicture(
                        request.path["file"] ?? "", of: try request.identifier(), by: request.act), inline: true)
            },
        ]
    }
}

/// Whom a member of staff is to record an application for.
struct CounterForm {
    var name = ""
    var idNumber = ""
    var mobile = ""
    var address = ""
    var isCardChecked = false
    /// Whether the card's name takes the place of one that was recorded wrongly.
    var replacesName = false
    /// The enterprise for which the person came; all empty for the person itself.
    var creditCode = ""
    var enterpriseName = ""
    var legalRepresentative = ""
    var basis = ""
    var arePapersChecked = false
    /// What the person wants, in its own words.
    var wish = ""
    var feedback = FormFeedback.none

    init(request: PageRequest) {
        self.init { request.field($0) }
    }

    init(value: (String) -> String) {
        name = value("name")
        idNumber = value("id_number")
        mobile = value("mobile")
        address = value("address")
        isCardChecked = value("checked") == "yes"
        replacesName = value("replace") == "yes"
        creditCode = value("credit_code")
        enterpriseName = value("enterprise_name")
        legalRepresentative = value("legal_representative")
        basis = value("basis")
        arePapersChecked = value("papers") == "yes"
        wish = value("wish")
    }

    /// Nil when nothing was said of an enterprise.
    private var enterprise: AssistedEnterprise? {
        if [creditCode, enterpriseName, legalRepresentative, basis].allSatisfy(\.isEmpty) { return nil }
        return AssistedEnterprise(
            creditCode: creditCode, name: enterpriseName, legalRepresentative: legalRepresentative,
            basis: AssistedEnterprise.Basis(rawValue: basis), arePapersChecked: arePapersChecked)
    }

    var person: AssistedPerson {
        AssistedPerson(
            name: name, idNumber: idNumber, mobile: mobile, address: address, isCardChecked: isCardChecked,
            replacesName: replacesName, enterprise: enterprise)
    }

    func page(drafts: [CaseSummary]) -> ViewModel {
        .record([
            "pageTitle": "窗口代录", "errorSummary": feedback.summary { $0.field }, "action": CounterPages.path,
            "fields":
                (asksToReplace
                ? [
                    InputField(
                        id: "replace", name: "replace", label: "登记的姓名不同",
                        kind: .consent(statement: "登记错了，按身份证更正姓名。"), values: replacesName ? ["yes"] : [],
                        error: feedback.error("replace"))
                ] : []) + [
                    field("id_number", "公民身份号码", idNumber, maximum: 18, hint: "刷身份证或照身份证输入"),
                    field("name", "姓名", name, maximum: 50),
                    InputField(
                        id: "checked", name: "checked", label: "核对",
                        kind: .consent(statement: "已核对身份证原件，人证一致。"), values: isCardChecked ? ["yes"] : [],
                        error: feedback.error("checked")),
                    field(
                        "mobile", "手机号码", mobile, maximum: 11, isOptional: true,
                        hint: "没有手机的不填，办结后用纸质通知；登记过、现在换了号码的，填新的"),
                    field("address", "现住址", address, maximum: 200, isOptional: true),
                    field("wish", "要办什么事", wish, maximum: 60, isOptional: true, hint: "照对方说的写，例如 生孩子、开饭馆"),
                ],
            "isForEnterprise": enterprise != nil, "enterpriseFields": enterpriseFields,
            "hasDrafts": !drafts.isEmpty,
            "drafts": drafts.map { draft -> ViewModel in
                .record([
                    "title": draft.title, "whose": draft.subject ?? "",
                    "begunAt": (try? Identifier(draft.id))?.instant.chinaTime ?? "",
                ])
            },
        ])
    }

    private var enterpriseFields: [InputField] {
        [
            field("credit_code", "统一社会信用代码", creditCode, maximum: 18, isOptional: true, hint: "照营业执照填写"),
            field(
                "enterprise_name", "企业名称", enterpriseName, maximum: 100, isOptional: true,
                hint: "系统里已有这家企业的可以不填"),
            field(
                "legal_representative", "法定代表人", legalRepresentative, maximum: 50, isOptional: true,
                hint: "系统里已有这家企业的可以不填"),
            InputField(
                id: "basis", name: "basis", label: "凭什么代表企业",
                kind: .radio(AssistedEnterprise.Basis.allCases.map { InputField.Choice($0.rawValue, $0.chinese) }),
                values: basis.isEmpty ? [] : [basis], isOptional: true, error: feedback.error("basis")),
            InputField(
                id: "papers", name: "papers", label: "核对证照",
                kind: .consent(statement: "已核对营业执照原件；受委托的，已核对授权委托书并留存。"),
                values: arePapersChecked ? ["yes"] : [], isOptional: true, error: feedback.error("papers")),
        ]
    }

    private var asksToReplace: Bool { replacesName || feedback.error("replace") != nil }

    private func field(
        _ name: String, _ label: String, _ value: String, maximum: Int, isOptional: Bool = false, hint: String? = nil
    ) -> InputField {
        InputField(
            id: name, name: name, label: label, kind: .text(autocomplete: "off"), values: [value],
            isOptional: isOptional, hint: hint, error: feedback.error(name), maximumLength: maximum)
    }
}
