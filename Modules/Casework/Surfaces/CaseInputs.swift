import Catalogue
import Extension
import Standards
import Storage

struct PlanInput: SchemaType {
    var theme = ""
    var answers: [String: String] = [:]
    static let schema = Schema<Self> {
        Field("id", \.theme, .text(min: 1, max: 60), doc: "主题标识", in: .path)
        Field("answers", \.answers, .map(of: .text(max: 200)), doc: "情形答案：问题到选项")
    }
}

struct NewCase: SchemaType {
    var theme = ""
    var division: String?
    var answers: [String: String] = [:]
    var form: [String: String] = [:]
    var substitutes: [String: String] = [:]
    var submit = false
    var delivery: DeliveryChoice?
    static let schema = Schema<Self> {
        Field("theme", \.theme, .text(min: 1, max: 60), doc: "主题标识")
        Field("division", \.division, .optional(.text(max: 20)), doc: "办理地的区划")
        Field("answers", \.answers, .map(of: .text(max: 200)), doc: "情形答案")
        Field("form", \.form, .map(of: .text(max: 2000, lines: true)).withDefault, doc: "表单")
        Field("substitutes", \.substitutes, .map(of: .text(max: 20)).withDefault, doc: "承诺（commitment）或后补（later）的材料")
        Field("submit", \.submit, .flag.withDefault, doc: "填写完整时直接提交")
        Field("delivery", \.delivery, .optional(.object), doc: "结果怎样送达；不写就按这类结果通常的方式")
    }
}

struct CasePath: SchemaType {
    var id = Identifier.none
    static let schema = Schema<Self> { Field("id", \.id, .identifier, doc: "系统编号", in: .path) }
}

struct CaseChange: SchemaType {
    var id = Identifier.none
    var answers: [String: String]?
    var form: [String: String]?
    var substitutes: [String: String]?
    static let schema = Schema<Self> {
        Field("id", \.id, .identifier, doc: "系统编号", in: .path)
        Field("answers", \.answers, .optional(.map(of: .text(max: 200))), doc: "情形答案")
        Field("form", \.form, .optional(.map(of: .text(max: 2000, lines: true))), doc: "表单")
        Field("substitutes", \.substitutes, .optional(.map(of: .text(max: 20))), doc: "承诺或后补的材料；空文字为取消")
    }
}

struct MaterialPath: SchemaType {
    var id = Identifier.none
    var slot = ""
    static let schema = Schema<Self> {
        Field("id", \.id, .identifier, doc: "系统编号", in: .path)
        Field("slot", \.slot, .text(min: 1, max: 60), doc: "材料标识", in: .path)
    }
}

struct FilePath: SchemaType {
    var id = Identifier.none
    var slot = ""
    var file = ""
    static let schema = Schema<Self> {
        Field("id", \.id, .identifier, doc: "系统编号", in: .path)
        Field("slot", \.slot, .text(min: 1, max: 60), doc: "材料标识", in: .path)
        Field("file", \.file, .text(min: 1, max: 100), doc: "文件标识", in: .path)
    }
}

struct SignaturePath: SchemaType {
    var id = Identifier.none
    var file = ""
    static let schema = Schema<Self> {
        Field("id", \.id, .identifier, doc: "系统编号", in: .path)
        Field("file", \.file, .text(min: 1, max: 100), doc: "文件标识", in: .path)
    }
}

struct CorrectionInput: SchemaType {
    var id = Identifier.none
    var faults: [FaultView] = []
    static let schema = Schema<Self> {
        Field("id", \.id, .identifier, doc: "系统编号", in: .path)
        Field("faults", \.faults, .list(of: .object, max: 100).withDefault, doc: "一次性告知的全部问题")
    }
}

struct SubmissionInput: SchemaType {
    var id = Identifier.none
    var asIs: [String: String] = [:]
    var signature: ApplicantSignature.Kind?
    var signaturePicture: String?
    static let schema = Schema<Self> {
        Field("id", \.id, .identifier, doc: "系统编号", in: .path)
        Field("signature", \.signature, .optional(.choice), doc: "窗口代录时，申请人怎样签的名")
        Field(
            "signature_picture", \.signaturePicture, SignaturePicture.format,
            doc: "在签字板上签名时：签名图片（PNG 或 JPEG，不超过 512 KB）的 Base64")
        Field(
            "as_is", \.asIs, .map(of: .text(max: 500, lines: true)).withDefault,
            doc: "补正后重新提交时：认为原来就对的，对象（form.…、material.…）到理由")
    }
}

struct SetAsideInput: SchemaType {
    var id = Identifier.none
    var number = 1
    var reason = ""
    static let schema = Schema<Self> {
        Field("id", \.id, .identifier, doc: "系统编号", in: .path)
        Field("number", \.number, .integer(in: 1...1000), doc: "第几条部门意见", in: .path)
        Field("reason", \.reason, .text(min: 1, max: 2000, lines: true), doc: "不采纳的理由")
    }
}

struct TerminationInput: SchemaType {
    var id = Identifier.none
    var ground = TerminationGround.lapsed
    var reason = ""
    static let schema = Schema<Self> {
        Field("id", \.id, .identifier, doc: "系统编号", in: .path)
        Field("ground", \.ground, .choice, doc: "法定情形")
        Field("reason", \.reason, .text(min: 1, max: 2000, lines: true), doc: "事实和依据")
    }
}

struct ReasonInput: SchemaType {
    var id = Identifier.none
    var reason = ""
    var competentAgency = ""
    static let schema = Schema<Self> {
        Field("id", \.id, .identifier, doc: "系统编号", in: .path)
        Field("reason", \.reason, .text(min: 1, max: 2000, lines: true), doc: "理由")
        Field("competent_agency", \.competentAgency, .text(max: 200).withDefault, doc: "应向其申请的单位")
    }
}

struct ItemPath: SchemaType {
    var id = Identifier.none
    var item = ""
    static let schema = Schema<Self> {
        Field("id", \.id, .identifier, doc: "系统编号", in: .path)
        Field("item", \.item, .text(min: 1, max: 40), doc: "事项标识", in: .path)
    }
}

struct OriginalPath: SchemaType {
    var id = Identifier.none
    var item = ""
    var result = ""
    static let schema = Schema<Self> {
        Field("id", \.id, .identifier, doc: "系统编号", in: .path)
        Field("item", \.item, .text(min: 1, max: 40), doc: "事项标识", in: .path)
        Field("result", \.result, .text(min: 1, max: 60), doc: "结果标识", in: .path)
    }
}

struct GrantInput: SchemaType {
    var id = Identifier.none
    var item = ""
    var results: [String: [String: String]] = [:]
    static let schema = Schema<Self> {
        Field("id", \.id, .identifier, doc: "系统编号", in: .path)
        Field("item", \.item, .text(min: 1, max: 40), doc: "事项标识", in: .path)
        Field(
            "results", \.results, .map(of: .map(of: .text(max: 2000, lines: true))).withDefault,
            doc: "各结果的项目：结果标识到项目")
    }
}

struct RefuseInput: SchemaType {
    var id = Identifier.none
    var item = ""
    var reason = ""
    var remedy = ""
    static let schema = Schema<Self> {
        Field("id", \.id, .identifier, doc: "系统编号", in: .path)
        Field("item", \.item, .text(min: 1, max: 40), doc: "事项标识", in: .path)
        Field("reason", \.reason, .text(min: 1, max: 2000, lines: true), doc: "理由和依据")
        Field("remedy", \.remedy, .text(min: 1, max: 2000, lines: true), doc: "救济途径")
    }
}

struct PauseInput: SchemaType {
    var id = Identifier.none
    var item = ""
    var procedure = SpecialProcedure.siteVisit
    var reason = ""
    var expectedDays = 0
    static let schema = Schema<Self> {
        Field("id", \.id, .identifier, doc: "系统编号", in: .path)
        Field("item", \.item, .text(min: 1, max: 40), doc: "事项标识", in: .path)
        Field("procedure", \.procedure, .choice, doc: "特殊程序")
        Field("reason", \.reason, .text(min: 1, max: 2000, lines: true), doc: "理由")
        Field("expected_days", \.expectedDays, .integer(in: 1...365), doc: "预计天数")
    }
}

struct ItemFaultInput: SchemaType {
    var id = Identifier.none
    var item = ""
    var target = ""
    var text = ""
    var repeats: Int?
    static let schema = Schema<Self> {
        Field("id", \.id, .identifier, doc: "系统编号", in: .path)
        Field("item", \.item, .text(min: 1, max: 40), doc: "事项标识", in: .path)
        Field("target", \.target, .text(min: 1, max: 120), doc: "表单项或材料")
        Field("text", \.text, .text(min: 1, max: 500, lines: true), doc: "问题和改正办法")
        Field("repeats", \.repeats, .optional(.integer(in: 1...100)), doc: "上次补正通知的第几处还没有改好")
    }
}

struct OutsideNumberInput: SchemaType {
    var id = Identifier.none
    var item = ""
    var number = ""
    static let schema = Schema<Self> {
        Field("id", \.id, .identifier, doc: "系统编号", in: .path)
        Field("item", \.item, .text(min: 1, max: 40), doc: "事项标识", in: .path)
        Field("number", \.number, .text(min: 1, max: 100), doc: "部门系统办件号")
    }
}

struct ListInput: SchemaType {
    var after: String?
    var limit = 20
    var state = ItemState.open
    var theme: String?
    static let schema = Schema<Self> {
        Field("after", \.after, .optional(.text(max: 120)), doc: "上一页给出的 next", in: .query)
        Field("limit", \.limit, .integer(in: 1...100).withDefault, doc: "每页条数", in: .query)
        Field("state", \.state, .choice.withDefault, doc: "事项状态", in: .query)
        Field("theme", \.theme, .optional(.text(max: 60)), doc: "只看这个主题", in: .query)
    }
}

/// Which page of the window's list.
struct QueueInput: SchemaType {
    var after: String?
    var limit = 20
    var state = CaseState.submitted
    var theme: String?
    static let schema = Schema<Self> {
        Field("after", \.after, .optional(.text(max: 120)), doc: "上一页给出的 next", in: .query)
        Field("limit", \.limit, .integer(in: 1...100).withDefault, doc: "每页条数", in: .query)
        Field("state", \.state, .choice.withDefault, doc: "办件状态；不写为待受理", in: .query)
        Field("theme", \.theme, .optional(.text(max: 60)), doc: "只看这个主题", in: .query)
    }
}

/// Which page of a list that is not divided by state.
struct PageInput: SchemaType {
    var after: String?
    var limit = 20
    var theme: String?
    static let schema = Schema<Self> {
        Field("theme", \.theme, .optional(.text(max: 60)), doc: "只看这个主题", in: .query)
        Field("after", \.after, .optional(.text(max: 120)), doc: "上一页给出的 next", in: .query)
        Field("limit", \.limit, .integer(in: 1...100).withDefault, doc: "每页条数", in: .query)
    }
}
