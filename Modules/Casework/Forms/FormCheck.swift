import Catalogue
import Extension
import Standards

/// Checks the one form against its plan; everything that is wrong at once.
enum FormCheck {
    ///
    /// - Parameter scopes: what businesses may do; nil where no catalogue of it was taken over.
    static func findings(
        _ form: [String: String], in plan: Plan, scopes: ScopeList? = nil, today: LegalDay
    ) -> [Finding] {
        let supplied = plan.suppliedFields
        return plan.form.flatMap(\.fields).flatMap { field -> [Finding] in
            let value = form[field.id] ?? ""
            if value.isEmpty {
                // What an item of this very case will supply can't be asked of the applicant.
                return field.isRequired && !supplied.contains(field.id)
                    ? [Finding("form.\(field.id)", "field.required", "请填写“\(field.title)”。")] : []
            }
            return check(value, field, today: today, at: "form.\(field.id)")
                + (field.kind == .businessScope ? forbidden(value, field, scopes) : [])
        }
    }

    /// What can't be registered of a business scope (R04.1).
    private static func forbidden(_ scope: String, _ field: FormField, _ scopes: ScopeList?) -> [Finding] {
        (scopes?.findings(of: scope) ?? []).filter(\.isForbidden).map { found in
            Finding(
                "form.\(field.id)", "scope.forbidden", "“\(field.title)”里的“\(found.activity)”\(found.chinese)请删去这一项。")
        }
    }

    /// Checks the values that an officer enters with a result.
    static func findings(_ values: [String: String], fields: [FormField], today: LegalDay, at path: String) -> [Finding]
    {
        fields.flatMap { field -> [Finding] in
            let value = values[field.id] ?? ""
            if value.isEmpty {
                return field.isRequired
                    ? [Finding("\(path).\(field.id)", "field.required", "请填写“\(field.title)”。")] : []
            }
            return check(value, field, today: today, at: "\(path).\(field.id)")
        }
            + values.keys.sorted().filter { name in !fields.contains { $0.id == name } }
            .map { Finding("\(path).\($0)", "field.unknown", "没有名为 \($0) 的项目。") }
    }

    private static func check(_ value: String, _ field: FormField, today: LegalDay, at path: String) -> [Finding] {
        if !value.fits(field.maximumLength) {
            return [Finding(path, "field.too_long", "“\(field.title)”最多 \(field.maximumLength) 个字。")]
        }
        do {
            switch field.kind {
            case .text, .paragraph, .businessScope, .address: break
            case .choice:
                if !field.options.contains(value) {
                    return [Finding(path, "field.choice", "“\(field.title)”请从给出的选项中选择。")]
                }
            case .flag:
                if value != "是", value != "否" {
                    return [Finding(path, "field.choice", "“\(field.title)”请选择是或否。")]
                }
            case .day: _ = try LegalDay(value)
            case .integer:
                if Int64(value) == nil { return [Finding(path, "field.type", "“\(field.title)”请填写整数。")] }
            case .money: _ = try Money(yuan: value)
            case .residentID: _ = try ResidentID(value, today: today)
            case .creditCode: _ = try CreditCode(value)
            case .mobile: _ = try MobileNumber(value)
            case .personName: _ = try PersonName(value)
            }
            let refusal = try BoundsCheck(field: field, today: today).refusal(of: value)
            return refusal.map { [Finding(path, $0.code, $0.message)] } ?? []
        } catch {
            return [Finding(path, error.code.rawValue, "“\(field.title)”：\(error.message)")]
        }
    }

    /// Trims and limits what was sent for the fields of a plan; a field that the plan does not have is a finding.
    static func normalised(_ values: [String: String], in plan: Plan) throws -> [String: String] {
        let fields = Dictionary(
            plan.form.flatMap(\.fields).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        var findings: [Finding] = []
        var result: [String: String] = [:]
        for (name, value) in values.sorted(by: { $0.key < $1.key }) {
            guard let field = fields[name] else {
                let hint = nearest(to: name, among: fields.keys).map { "，是否想填 \($0)" } ?? ""
                findings.append(Finding("form.\(name)", "field.unknown", "这张表里没有 \(name) 这一项\(hint)。"))
                continue
            }
            if !value.fits(max(field.maximumLength, 2000)) {
                findings.append(
                    Finding("form.\(name)", "field.too_long", "“\(field.title)”最多 \(field.maximumLength) 个字。"))
                continue
            }
            if value.unicodeScalars.contains(where: {
                $0.properties.generalCategory == .control && $0 != "\n" && $0 != "\r" && $0 != "\t"
            }) {
                findings.append(Finding("form.\(name)", "field.control_character", "“\(field.title)”里有不可见的控制字符，请删去。"))
                continue
            }
            result[name] = field.normalise(value)
        }
        if !findings.isEmpty { throw CaseworkError.invalid(findings) }
        return result
    }
}

extension FormField {
    /// The stored form of a value: without invisible characters, identity numbers and the like in their standard writing where they are valid.
    func normalise(_ typed: String) -> String {
        let value = typed.withoutInvisibles
        let trimmed = value.split(whereSeparator: { $0.isWhitespace && !kind.hasLines }).joined(separator: " ")
        switch kind {
        case .residentID: return (try? ResidentID(trimmed))?.text ?? trimmed
        case .creditCode: return (try? CreditCode(trimmed))?.text ?? trimmed
        case .mobile: return (try? MobileNumber(trimmed))?.text ?? trimmed
        case .day: return (try? LegalDay(trimmed))?.description ?? trimmed
        default: return kind.hasLines ? value : trimmed
        }
    }
}
