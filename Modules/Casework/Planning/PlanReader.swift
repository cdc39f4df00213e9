/// For whom a plan is put into words.
public enum PlanReader: Sendable, Hashable {
    /// Somebody who has not signed in.
    case visitor
    /// The applicant, signed in.
    case applicant
    /// Who handles the case, or another party of it.
    case other
}

/// Why a paper need not be brought.
public enum ExemptionReason: Sendable, Hashable, Codable {
    /// A licence serves: its type; its holder's role, nil for the applicant; and what the form must say the same of
    /// before it serves, empty where that is settled.
    case licence(type: String, holder: String?, mustMatch: [String])
    case dataCheck(String)
    /// A result of another item of the same case.
    case result(title: String, item: String)
    case form
    case identity

    /// The reason in the words that fit who reads it.
    public func text(for reader: PlanReader) -> String {
        switch (self, reader) {
        case (.licence(let type, let holder, let mustMatch), .other):
            "由\(holder ?? "申请人")的电子证照《\(type)》代替\(mustMatch.isEmpty ? "" : "，尚待与表单核对")。"
        case (.licence(let type, let holder, []), _):
            "\(holder ?? "您")的《\(type)》可以直接调用电子证照，不用再交。"
        case (.licence(let type, let holder, let mustMatch), _):
            "\(holder ?? "您")的《\(type)》可以直接调用电子证照；与您填写的\(mustMatch.quoted)一致的，不用再交。"
        case (.dataCheck(let name), .other): "已通过“\(name)”联网核验。"
        case (.dataCheck(let name), _): "已通过“\(name)”联网核验，不用再交。"
        case (.result(let title, let item), .other): "《\(title)》由本次一并办理的“\(item)”产生，办好后自动共享。"
        case (.result(let title, let item), _): "《\(title)》由本次一并办理的“\(item)”产生，办好后自动共享，不用再交。"
        case (.form, .other): "由申请人填写的表单自动生成。"
        case (.form, _): "由您填写的这张表自动生成，不用另交。"
        case (.identity, .other): "申请人的身份已经核验。"
        case (.identity, .visitor): "办理时实名登录，由系统核验身份，不用另交。"
        case (.identity, .applicant): "您已实名登录，身份已经核验，不用再交。"
        }
    }
}

/// Why a paper is asked for though a licence could have served.
public enum UploadNote: Sendable, Hashable, Codable {
    /// A licence of another party serves once that party has agreed to the case.
    case awaitsConsent(type: String, holder: String)
    /// The licence that is there says something else than the form of these parties and fields.
    case contradicts(type: String, holder: String?, about: [String])

    /// The note in the words that fit who reads it.
    public func text(for reader: PlanReader) -> String {
        switch (self, reader) {
        case (.awaitsConsent(let type, let holder), .other): "\(holder)没有在本件中确认，未调用其《\(type)》。"
        case (.awaitsConsent(let type, let holder), _):
            "\(holder)登录确认后，有电子《\(type)》的可以直接调用，不用再交。"
        case (.contradicts(let type, let holder, let about), .other):
            "\(holder ?? "申请人")的电子证照《\(type)》与表单填写的\(about.quoted)不一致，没有用它代替。"
        case (.contradicts(let type, let holder, let about), _):
            "\(holder ?? "您")的《\(type)》与填写的\(about.quoted)不一致，不能代替。请核对填写的内容；没有填错的，请上传。"
        }
    }
}

extension [String] {
    fileprivate var quoted: String { map { "“\($0)”" }.joined(separator: "、") }
}
