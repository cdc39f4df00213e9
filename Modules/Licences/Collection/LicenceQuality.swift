import Extension
import Standards
public import Storage

/// How good the record of a licence is that was taken over from an old register (质量状态, R14.5).
public enum LicenceQuality: String, Sendable, Codable, CaseIterable, SQLConvertible {
    /// 合格: everything that its type demands is there and nothing contradicts itself.
    case sound
    /// 缺项: something that its type demands is missing; it serves nevertheless.
    case incomplete
    /// 存疑: something contradicts itself; it serves for nothing until somebody has confirmed it.
    case doubtful

    /// The quality for people.
    public var title: String {
        switch self {
        case .sound: "合格"
        case .incomplete: "缺项"
        case .doubtful: "存疑"
        }
    }
}

/// What was found about the quality of one licence.
public struct QualityFindings: Sendable, Hashable {
    /// What its type demands and it lacks, by the names of the lines.
    public private(set) var missing: [String] = []
    /// What contradicts itself, in Chinese, without personal data.
    public private(set) var doubts: [String] = []

    /// The quality that follows.
    public var quality: LicenceQuality { doubts.isEmpty ? missing.isEmpty ? .sound : .incomplete : .doubtful }

    /// Both in one line, for people.
    public var text: String {
        (doubts + (missing.isEmpty ? [] : ["缺少：\(missing.joined(separator: "、"))"])).joined(separator: "；")
    }

    /// - Parameters:
    ///   - draft: the licence.
    ///   - type: its type.
    init(_ draft: LicenceDraft, of type: LicenceType) {
        let values = Dictionary(draft.fields.map { ($0.label, $0.value) }, uniquingKeysWith: { $1 })
        for line in type.lines where line.isRequired && (values[line.label] ?? "").isEmpty {
            missing.append(line.label)
        }
        if draft.issuer.creditCode == nil { missing.append("颁发机构代码") }
        if type.isLimited, draft.validUntil == nil { missing.append("有效期至") }
        for holder in draft.holders { look(at: holder, of: type) }
        for (label, value) in values where label.hasSuffix("证件号码") && value.isResidentShaped {
            if (try? ResidentID(value)) == nil { doubts.append("“\(label)”的校验码不对") }
        }
        doubts.sort()
    }

    /// Notes that another licence of the type has the same number.
    mutating func noteSameNumber() { doubts.append(Self.sameNumber) }

    /// Notes that somebody of another name is registered with the holder's number.
    mutating func noteOtherName() { doubts.append(Self.otherName) }

    static let otherName = "持证主体的名称和这个号码登记的不一致"
    static let sameNumber = "同类证照里另有一份编号相同、内容不同"

    private mutating func look(at holder: LicenceHolder, of type: LicenceType) {
        guard let number = holder.idNumber else {
            missing.append("持证主体证件号码")
            return
        }
        if type.holder.fits(number) == false {
            doubts.append("持证主体应是\(type.holder.rawValue)，证件号码却不是")
        } else if number.isResidentShaped, (try? ResidentID(number)) == nil {
            doubts.append("持证主体的身份证号码校验码或日期不对")
        } else if number.isCreditCodeShaped, (try? CreditCode(legacy: number)) == nil {
            doubts.append("持证主体的统一社会信用代码校验码不对")
        }
    }
}

extension String {
    /// 18 characters of which all but the last are digits: a resident identity number, right or wrong.
    fileprivate var isResidentShaped: Bool { utf8.count == 18 && dropLast().allSatisfy(\.isNumber) }

    /// 18 capital letters and digits with a letter before the last: a credit code, right or wrong.
    fileprivate var isCreditCodeShaped: Bool {
        utf8.count == 18 && allSatisfy { $0.isASCII && ($0.isNumber || $0.isUppercase) }
            && dropLast().contains(where: \.isLetter)
    }
}
