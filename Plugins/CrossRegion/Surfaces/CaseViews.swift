import Foundation
import PluginKit

/// A file inside JSON, in Base64.
struct FileInput: SchemaType {
    var name = ""
    var content = ""

    static let schema = Schema<Self> {
        Field("name", \.name, .text(min: 1, max: 100), doc: "文件名")
        Field("content", \.content, .text(min: 1, max: 16 << 20), doc: "内容（Base64）；PDF、JPG 或 PNG")
    }
}

extension [FileInput] {
    func decoded(_ field: String) throws -> [PaperFile] {
        try enumerated().map { index, file in
            guard let data = Data(base64Encoded: file.content) else {
                throw Problem.invalid([Finding("\(field)[\(index)].content", "field.format", "内容不是 Base64。")])
            }
            return PaperFile(name: file.name, bytes: [UInt8](data))
        }
    }
}

struct FilingRequest: SchemaType {
    var filing = FilingInput()
    var papers: [FileInput] = []

    static let schema = Schema<Self> {
        Field("filing", \.filing, .object, doc: "申请")
        Field("papers", \.papers, .list(of: .object, max: 30).withDefault, doc: "材料")
    }
}

struct SupplementRequest: SchemaType {
    var id = Identifier.none
    var note = ""
    var papers: [FileInput] = []

    static let schema = Schema<Self> {
        Field("id", \.id, .identifier, doc: "办件编号", in: .path)
        Field("note", \.note, .text(max: 2000, lines: true).withDefault, doc: "说明")
        Field("papers", \.papers, .list(of: .object, max: 30).withDefault, doc: "材料")
    }
}

struct CaseReference: SchemaType {
    var id = Identifier.none
    static let schema = Schema<Self> { Field("id", \.id, .identifier, doc: "办件编号", in: .path) }
}

struct PaperReference: SchemaType {
    var id = Identifier.none
    var slot = ""

    static let schema = Schema<Self> {
        Field("id", \.id, .identifier, doc: "办件编号", in: .path)
        Field("slot", \.slot, .text(min: 1, max: 20), doc: "材料编号", in: .path)
    }
}

struct CorrectionRequest: SchemaType {
    var id = Identifier.none
    var missing: [String] = []

    static let schema = Schema<Self> {
        Field("id", \.id, .identifier, doc: "办件编号", in: .path)
        Field("missing", \.missing, .list(of: .text(min: 1, max: 500, lines: true), max: 50), doc: "要补正的内容，一次写全")
    }
}

struct DecisionRequest: SchemaType {
    var id = Identifier.none
    var isGranted = false
    var text = ""
    var files: [FileInput] = []

    static let schema = Schema<Self> {
        Field("id", \.id, .identifier, doc: "办件编号", in: .path)
        Field("is_granted", \.isGranted, .flag, doc: "准予还是不予")
        Field("text", \.text, .text(min: 1, max: 2000, lines: true), doc: "结果，或不予的理由和救济途径")
        Field("files", \.files, .list(of: .object, max: 10).withDefault, doc: "结果文件")
    }
}

struct CustodyRequest: SchemaType {
    var id = Identifier.none
    var custody = CustodyInput()

    static let schema = Schema<Self> {
        Field("id", \.id, .identifier, doc: "办件编号", in: .path)
        Field("custody", \.custody, .object, doc: "交接")
    }
}

struct CaseQuery: SchemaType {
    var side = CrossCase.Side.collects
    var after = ""
    var limit = 50

    static let schema = Schema<Self> {
        Field("side", \.side, .choice, doc: "受理：本窗口代收的；办理：本单位要办的", in: .query)
        Field("after", \.after, .text(max: 60).withDefault, doc: "从哪个编号之后开始", in: .query)
        Field("limit", \.limit, .integer(in: 1...200).withDefault, doc: "每页几件", in: .query)
    }
}

/// What was filed together.
struct BundleView: SchemaType {
    var number = ""
    var cases: [CaseLine] = []

    init() {}

    init(_ filed: [CrossCase]) {
        number = filed.first?.bundle.text ?? ""
        cases = filed.map(CaseLine.init)
    }

    static let schema = Schema<Self> {
        Field("number", \.number, .text(max: 60), doc: "查询号，交给申请人")
        Field("cases", \.cases, .list(of: .object, max: 10), doc: "每个地区一件")
    }
}

/// A case in a list: nothing personal.
struct CaseLine: SchemaType {
    var id = ""
    var partner = ""
    var item = ""
    var title = ""
    var mode = Mode.collect
    var state = CrossCase.State.filed
    var filedAt = Instant(milliseconds: 0)
    var dueOn: LegalDay?

    init() {}

    init(_ value: CrossCase) {
        id = value.id.text
        partner = value.partner
        item = value.item
        title = value.title
        mode = value.mode
        state = value.state
        filedAt = value.filedAt
        dueOn = value.dueOn
    }

    static let schema = Schema<Self> {
        Field("id", \.id, .text(max: 60), doc: "办件编号，两地相同")
        Field("partner", \.partner, .text(max: 20), doc: "对方地区的代码")
        Field("item", \.item, .text(max: 40), doc: "事项代号")
        Field("title", \.title, .text(max: 200), doc: "事项名称")
        Field("mode", \.mode, .choice, doc: "模式")
        Field("state", \.state, .choice, doc: "状态")
        Field("filed_at", \.filedAt, .instant, doc: "提交时间")
        Field("due_on", \.dueOn, .optional(.day), doc: "到期日，按办理地的工作日计算")
    }
}

struct PaperView: SchemaType {
    var slot = ""
    var name = ""
    var size = 0
    var isHere = false

    static let schema = Schema<Self> {
        Field("slot", \.slot, .text(max: 20), doc: "材料编号")
        Field("name", \.name, .text(max: 100), doc: "文件名")
        Field("size", \.size, .integer(in: 0...Wire.maximumPaper), doc: "字节数")
        Field("is_here", \.isHere, .flag, doc: "是否已经传到")
    }
}

struct CustodyView: SchemaType {
    var thing = CustodyStep.Thing.originals
    var step = CustodyStep.Step.receive
    var side = CrossCase.Side.collects
    var note = ""
    var courier = ""
    var tracking = ""
    var at = Instant(milliseconds: 0)

    init() {}

    init(_ step: CustodyStep) {
        thing = step.thing
        self.step = step.step
        side = step.side
        note = step.note
        courier = step.courier
        tracking = step.tracking
        at = step.at
    }

    static let schema = Schema<Self> {
        Field("thing", \.thing, .choice, doc: "什么东西")
        Field("step", \.step, .choice, doc: "做了什么")
        Field("side", \.side, .choice, doc: "哪一方")
        Field("note", \.note, .text(max: 200), doc: "有哪些")
        Field("courier", \.courier, .text(max: 40), doc: "快递公司")
        Field("tracking", \.tracking, .text(max: 40), doc: "快递单号")
        Field("at", \.at, .instant, doc: "时间")
    }
}

/// A case as whoever handles it, or whose it is, sees it.
struct CaseView: SchemaType {
    var line = CaseLine()
    var side = CrossCase.Side.collects
    var number = ""
    var name = ""
    var idNumber = ""
    var phone = ""
    var note = ""
    var others: [String] = []
    var corrections: [String] = []
    var supplements: [String] = []
    var acceptedBy = ""
    var decision = ""
    var decidedBy = ""
    var returned = ""
    var visits = 0
    var papers: [PaperView] = []
    var files: [PaperView] = []
    var custody: [CustodyView] = []

    static let schema = Schema<Self>(fields: Self.facts.fields + Self.parts.fields)

    private static let facts = Schema<Self> {
        Field("case", \.line, .object, doc: "办件")
        Field("side", \.side, .choice, doc: "本方是受理还是办理")
        Field("number", \.number, .text(max: 60), doc: "申请人的查询号")
        Field("name", \.name, .text(max: 60), doc: "申请人")
        Field("id_number", \.idNumber, .text(max: 40), doc: "公民身份号码")
        Field("phone", \.phone, .text(max: 30), doc: "电话")
        Field("note", \.note, .text(max: 2000), doc: "说明")
        Field("accepted_by", \.acceptedBy, .text(max: 100), doc: "受理单位")
        Field("decision", \.decision, .text(max: 2000), doc: "结果")
        Field("decided_by", \.decidedBy, .text(max: 100), doc: "办理单位")
        Field("returned", \.returned, .text(max: 500), doc: "对方为什么不收")
        Field("visits", \.visits, .integer(in: 0...100_000), doc: "替申请人少跑的趟数")
    }

    private static let parts = Schema<Self> {
        Field("others", \.others, .list(of: .text(max: 300)), doc: "一起办的其他地区")
        Field("corrections", \.corrections, .list(of: .text(max: 500)), doc: "要补正的内容")
        Field("supplements", \.supplements, .list(of: .text(max: 2000)), doc: "补正时的说明")
        Field("papers", \.papers, .list(of: .object), doc: "材料")
        Field("files", \.files, .list(of: .object), doc: "结果文件")
        Field("custody", \.custody, .list(of: .object), doc: "原件和结果的交接")
    }
}

extension CrossRegionService {
    func view(_ value: CrossCase, in snapshot: Snapshot) throws -> CaseView {
        let document = value.document
        let here = try cases.complete(document.papers + document.files, of: value.id.text, in: snapshot)
        func papers(_ notes: [PaperNote]) -> [PaperView] {
            notes.map { note in
                var view = PaperView()
                view.slot = note.slot
                view.name = note.name
                view.size = note.size
                view.isHere = here.contains(note.slot)
                return view
            }
        }
        var view = CaseView()
        view.line = CaseLine(value)
        view.side = value.side
        view.number = value.bundle.text
        view.name = document.name
        view.idNumber = document.idNumber
        view.phone = document.phone
        view.note = document.note
        view.others = document.others
        view.corrections = document.corrections
        view.supplements = document.supplements
        view.acceptedBy = document.acceptedBy
        view.decision = document.decision
        view.decidedBy = document.decidedBy
        view.returned = document.returned
        view.visits = value.visits
        view.papers = papers(document.papers)
        view.files = papers(document.files)
        view.custody = document.custody.map(CustodyView.init)
        return view
    }
}
