import Extension
import Standards
import Storage

/// A licence as the interface shows it; identity numbers are masked, the file has them whole.
struct LicenceView: SchemaType, Versioned {
    var licence = LicenceStatement()
    var origin = LicenceOrigin.here
    var status = LicenceStatus.valid
    var statusTitle = ""
    var reason: LicenceRevocation?
    var notice: String?
    var isImported = false
    var hasOriginal = false
    var version = 1

    init() {}

    init(_ licence: Licence, on day: LegalDay, isDemonstration: Bool) {
        self.licence = licence.statement.masked
        origin = licence.origin
        status = licence.status
        statusTitle = licence.standing(on: day)
        reason = licence.reason
        notice =
            switch licence.origin {
            case .here: isDemonstration ? LicenceVerification.Verdict.demonstration.title : nil
            case .elsewhere: "由\(licence.statement.issuer.name)签发，本系统只作登记"
            }
        isImported = licence.isImported
        hasOriginal = licence.original != nil
        version = licence.version
    }

    static let schema = Schema<LicenceView> {
        Field("licence", \.licence, .object, doc: "证照信息")
        Field("origin", \.origin, .choice, doc: "签发方：here 本系统，elsewhere 其他系统")
        Field("status", \.status, .choice, doc: "证照状态")
        Field("status_title", \.statusTitle, .text(max: 20), doc: "证照状态的名称")
        Field("reason", \.reason, .optional(.choice), doc: "为什么失效：withdrawn 撤销，cancelled 注销，penalty 吊销，corrected 更正")
        Field("notice", \.notice, .optional(.text(max: 200)), doc: "使用须知")
        Field("is_imported", \.isImported, .flag, doc: "是否从其他系统的证照库导入")
        Field("has_original", \.hasOriginal, .flag, doc: "是否有原件")
        Field("version", \.version, .integer(in: 1...Int(Int32.max)), doc: "版本")
    }

    var text: String {
        let statement = licence
        let holders = statement.holders.map { "\($0.name) \($0.idNumber ?? "")".trimmingEnd }.joined(separator: "、")
        var lines = [
            "\(statement.title)　\(statusTitle)", "系统编号　\(statement.id)", "证照编号　\(statement.number)",
            "持证主体　\(holders)", "颁发机构　\(statement.issuer.name)", "颁发日期　\(statement.issuedOn.chineseDate)",
            "有效期至　\(statement.validUntil?.chineseDate ?? "长期有效")",
        ]
        if let identifier = statement.identifier { lines.append("证照标识　\(identifier)") }
        lines += statement.fields.map { "\($0.label)　\($0.value)" }
        if let notice { lines.append("须知　　　\(notice)") }
        return lines.joined(separator: "\n")
    }
}

extension LicenceStatement {
    /// The same with the middle of each identity number covered.
    public var masked: LicenceStatement {
        var statement = self
        for index in holders.indices {
            statement.holders[index].idNumber = holders[index].idNumber.map { number in
                if let identity = try? ResidentID(number) { return identity.masked }
                // An enterprise's credit code is public.
                if (try? CreditCode(legacy: number)) != nil { return number }
                return number.count <= 4 ? "****" : String(repeating: "*", count: number.count - 4) + number.suffix(4)
            }
        }
        return statement
    }
}

extension String {
    fileprivate var trimmingEnd: String { hasSuffix(" ") ? String(dropLast()) : self }
}
