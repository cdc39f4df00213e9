import Catalogue
public import Extension
public import Standards

/// One material of a case as the interface gives it.
public struct CaseMaterialView: SchemaType {
    public var id = ""
    public var title = ""
    public var items: [String] = []
    /// `upload` or `exempt`.
    public var provision = ""
    public var reason: String?
    /// The licence that serves, for who handles the case.
    public var evidence: String?
    public var mayCommit = false
    public var mayDefer = false
    public var isOptional = false
    public var isCommitted = false
    public var isDeferred = false
    public var gapDue: DeadlineView?
    public var files: [FileView] = []

    public init() {}

    /// - Parameters:
    ///   - takesUpload: whether it is to be uploaded although something else would serve.
    ///   - reader: to whom the reasons speak.
    init(_ planned: PlannedMaterial, _ record: MaterialRecord?, takesUpload: Bool = false, for reader: PlanReader) {
        id = planned.id
        title = planned.slot.title
        items = planned.items
        isOptional = planned.slot.isOptional
        switch planned.provision {
        case .exempt where takesUpload: provision = "upload"
        case .upload:
            provision = "upload"
            mayCommit = planned.slot.commitment != nil
            mayDefer = planned.slot.mayBeMissing
        case .exempt(.licence, _, let evidence):
            provision = "exempt"
            if reader == .other { self.evidence = evidence }
        case .exempt: provision = "exempt"
        }
        reason = planned.reason(for: reader)
        isCommitted = record?.isCommitted ?? false
        isDeferred = record?.isGap ?? false
        gapDue = record?.gapDue.map(DeadlineView.init)
        files = record?.files.map(FileView.init) ?? []
    }

    public static let schema = Schema<Self> {
        Field("id", \.id, .text(max: 60), doc: "材料标识")
        Field("title", \.title, .text(max: 100), doc: "材料名称")
        Field("items", \.items, .list(of: .text(max: 40)), doc: "需要它的事项")
        Field("provision", \.provision, .text(max: 20), doc: "upload 需上传，exempt 免提交")
        Field("reason", \.reason, .optional(.text(max: 500)), doc: "免提交的理由，或要上传的原因")
        Field("evidence", \.evidence, .optional(.text(max: 100)), doc: "代替材料的电子证照；办理人员可从本件打开")
        Field("may_commit", \.mayCommit, .flag, doc: "可否用承诺代替")
        Field("may_defer", \.mayDefer, .flag, doc: "可否容缺后补")
        Field("is_optional", \.isOptional, .flag, doc: "是否可选")
        Field("is_committed", \.isCommitted, .flag, doc: "是否已承诺")
        Field("is_deferred", \.isDeferred, .flag, doc: "是否待补交")
        Field("gap_due", \.gapDue, .optional(.object), doc: "补交的最后一日")
        Field("files", \.files, .list(of: .object), doc: "文件")
    }
}

/// A file of a material as the interface gives it.
public struct FileView: SchemaType {
    public var id = ""
    public var name = ""
    public var type = ""
    public var size = 0

    public init() {}

    init(_ file: FileReference) {
        id = file.blob
        name = file.name
        type = file.contentType
        size = file.size
    }

    public static let schema = Schema<Self> {
        Field("id", \.id, .text(max: 100), doc: "文件标识")
        Field("name", \.name, .text(max: 255), doc: "文件名")
        Field("type", \.type, .text(max: 20), doc: "文件类型")
        Field("size", \.size, .integer(in: 0...(1 << 31)), doc: "字节数")
    }
}

/// A fault as the interface gives and takes it.
public struct FaultView: SchemaType {
    public var target = ""
    public var text = ""
    /// Which fault of the notice before, counted from 1, is still not mended.
    public var repeats: Int?

    public init() {}

    init(_ fault: Fault) {
        target = fault.target
        text = fault.text
        repeats = fault.repeats
    }

    var fault: Fault { Fault(target: target, text: text, repeats: repeats) }

    public static let schema = Schema<Self> {
        Field("target", \.target, .text(min: 1, max: 120), doc: "表单项（form.…）或材料（material.…）")
        Field("text", \.text, .text(min: 1, max: 500, lines: true), doc: "问题和改正办法")
        Field(
            "repeats", \.repeats, .optional(.integer(in: 1...100)), doc: "再次告知时：上次补正通知的第几处还没有改好")
    }
}

/// A correction notice as the interface gives it.
public struct CorrectionView: SchemaType {
    public var sentAt = Instant(milliseconds: 0)
    public var answeredAt: Instant?
    public var faults: [FaultView] = []
    public var asIs: [String: String] = [:]

    public init() {}

    init(_ notice: CorrectionNotice) {
        sentAt = notice.sent
        answeredAt = notice.answered
        faults = notice.faults.map(FaultView.init)
        asIs = notice.asIs ?? [:]
    }

    public static let schema = Schema<Self> {
        Field("sent_at", \.sentAt, .instant, doc: "发出时间")
        Field("answered_at", \.answeredAt, .optional(.instant), doc: "补正时间")
        Field("faults", \.faults, .list(of: .object), doc: "需要补正的内容")
        Field("as_is", \.asIs, .map(of: .text(max: 500, lines: true)), doc: "申请人认为原来就对的：对象到理由")
    }
}
