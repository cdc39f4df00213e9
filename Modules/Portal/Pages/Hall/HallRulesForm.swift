import PluginKit

/// The rules as a form.
struct HallRulesForm {
    let hall: Hall
    let request: PageRequest
    let feedback: FormFeedback

    private var isPosted: Bool { !request.form.isEmpty }

    /// The element to which a finding leads.
    static func anchor(_ field: String) -> String {
        if field.hasPrefix("classes") { return "f-weight-ordinary" }
        if field.hasPrefix("businesses") { return "f-businesses" }
        if field.hasPrefix("booking.hours") { return "f-hours" }
        if field.hasPrefix("booking.") { return "f-\(field.dropFirst("booking.".count))" }
        return field.hasPrefix("windows") ? "windows" : "f-\(field)"
    }

    private func errors(_ prefix: String) -> String? {
        let found = feedback.findings.filter { $0.field.hasPrefix(prefix) }.map(\.message)
        return found.isEmpty ? nil : found.joined(separator: " ")
    }

    private func number(_ name: String, _ label: String, _ value: Int, hint: String? = nil, error: String? = nil)
        -> InputField
    {
        InputField(
            id: "f-\(name)", name: name, label: label, kind: .text(mode: "numeric"),
            values: [isPosted ? request.field(name) : "\(value)"], hint: hint, error: error, maximumLength: 4)
    }

    var bounds: [ViewModel] {
        let rules = hall.rules
        return [
            number(
                "longest_wait", "最多等几分钟", rules.longestWait, hint: "等满的人不论哪种号，下一个就叫", error: errors("longest_wait")),
            number(
                "green_in_a_row", "绿色通道最多连叫几个", rules.greenInARow, hint: "还有别人在等时，叫满就先叫别人",
                error: errors("green_in_a_row")),
            number(
                "calls_before_missed", "叫几次不到记过号", rules.callsBeforeMissed, error: errors("calls_before_missed")),
        ].compactMap(\.model)
    }

    var classes: [ViewModel] {
        TicketClass.allCases.map { ticketClass in
            let rule = hall.rules.rule(of: ticketClass)
            let prefix = "prefix-\(ticketClass.rawValue)"
            let weight = number(
                "weight-\(ticketClass.rawValue)", "权重：等 1 分钟算几分钟", rule.weight,
                error: ticketClass == .ordinary ? errors("classes") : nil)
            return .record([
                "title": "\(ticketClass.chinese)号",
                "fields": [
                    weight,
                    InputField(
                        id: "f-\(prefix)", name: prefix, label: "号码前缀", kind: .text(),
                        values: [isPosted ? request.field(prefix) : rule.prefix], maximumLength: 2),
                ].compactMap(\.model),
            ])
        }
    }

    var businesses: InputField {
        let known = hall.rules.businesses.map { "\($0.key) \($0.title) \($0.capacity)" }.joined(separator: "\n")
        return InputField(
            id: "f-businesses", name: "businesses", label: "业务", kind: .paragraph,
            values: [isPosted ? request.form["businesses"]?.last ?? "" : known],
            hint: "一行一种，用空格分开：代号、名称、每个时段可以预约几个（0 或不写为不接受预约），例如“social 社保医保 4”。", error: errors("businesses"),
            maximumLength: 3000)
    }

    var windows: [ViewModel] {
        hall.windows.enumerated().map { index, window in
            let rule = hall.rules.windows.first { $0.window == window.key }
            let standard = window.kind == .special ? [] : TicketClass.allCases
            let classes = isPosted ? values("classes-\(window.key)") : (rule?.classes ?? standard).map(\.rawValue)
            let businesses = isPosted ? values("businesses-\(window.key)") : rule?.businesses ?? []
            var fields = [
                InputField(
                    id: "f-classes-\(window.key)", name: "classes-\(window.key)", label: "叫哪几种号",
                    kind: .checkboxes(TicketClass.allCases.map { InputField.Choice($0.rawValue, $0.chinese) }),
                    values: classes, isOptional: true, error: index == 0 ? errors("windows") : nil)
            ]
            if hall.rules.businesses.count > 1 {
                fields.append(
                    InputField(
                        id: "f-businesses-\(window.key)", name: "businesses-\(window.key)", label: "办哪些业务",
                        kind: .checkboxes(hall.rules.businesses.map { InputField.Choice($0.key, $0.title) }),
                        values: businesses, isOptional: true, hint: "都不勾就是全部业务"))
            }
            return .record(["name": window.name, "fields": fields.compactMap(\.model)])
        }
    }

    var booking: [ViewModel] {
        let rules = hall.rules.booking
        let hours = rules.hours.map { "\($0.from)-\($0.until)" }.joined(separator: " ")
        let fields = [
            InputField(
                id: "f-hours", name: "hours", label: "工作日哪些时候可以约", kind: .text(),
                values: [isPosted ? request.field("hours") : hours], hint: "例如“09:00-12:00 13:30-17:00”",
                error: errors("booking.hours"), maximumLength: 100),
            bookingNumber("slot_minutes", "一个时段几分钟", rules.slotMinutes),
            bookingNumber("days_ahead", "可以提前几天约", rules.daysAhead),
            bookingNumber("missed_limit", "约了不来几次以后暂停预约", rules.missedLimit),
            bookingNumber("missed_days", "几天以内的算数", rules.missedDays),
            bookingNumber("blocked_days", "暂停几天", rules.blockedDays),
        ]
        return fields.compactMap(\.model)
    }

    private func bookingNumber(_ name: String, _ label: String, _ value: Int) -> InputField {
        number(name, label, value, error: errors("booking.\(name)"))
    }

    private var bookingJSON: JSONValue {
        let hours = request.field("hours").split(whereSeparator: \.isWhitespace).map { span -> JSONValue in
            let parts = span.split(separator: "-", maxSplits: 1).map(String.init)
            return ["from": .string(parts.first ?? ""), "until": .string(parts.count > 1 ? parts[1] : "")]
        }
        var members: [String: JSONValue] = ["hours": .array(hours)]
        for name in ["slot_minutes", "days_ahead", "missed_limit", "missed_days", "blocked_days"] {
            members[name] = .string(request.field(name))
        }
        return .object(members)
    }

    private func values(_ name: String) -> [String] { request.form[name] ?? [] }

    /// The rules that the form says.
    ///
    /// - Throws: `Problem` with every finding of form and bounds.
    func read() throws -> HallRules {
        var findings: [Finding] = []
        var lines: [JSONValue] = []
        for line in (request.form["businesses"]?.last ?? "").split(whereSeparator: \.isNewline) {
            let words = line.split(whereSeparator: \.isWhitespace).map(String.init)
            guard (2...3).contains(words.count) else {
                findings.append(Finding("businesses", "hall.business", "“\(line)”要写成“代号 名称 个数”。"))
                continue
            }
            lines.append([
                "key": .string(words[0]), "title": .string(words[1]),
                "capacity": .string(words.count == 3 ? words[2] : "0"),
            ])
        }
        let keys = Set(lines.compactMap { $0["key"]?.string })
        let windows = hall.windows.map { window -> JSONValue in
            let classes = values("classes-\(window.key)")
            let businesses = values("businesses-\(window.key)").filter(keys.contains)
            return [
                "window": .string(window.key), "classes": .array(classes.map(JSONValue.string)),
                "businesses": .array(businesses.map(JSONValue.string)),
            ]
        }
        let classes = TicketClass.allCases.map { ticketClass -> JSONValue in
            [
                "class": .string(ticketClass.rawValue),
                "prefix": .string(request.field("prefix-\(ticketClass.rawValue)").uppercased()),
                "weight": .string(request.field("weight-\(ticketClass.rawValue)")),
            ]
        }
        let json: JSONValue = [
            "classes": .array(classes), "longest_wait": .string(request.field("longest_wait")),
            "green_in_a_row": .string(request.field("green_in_a_row")),
            "calls_before_missed": .string(request.field("calls_before_missed")), "businesses": .array(lines),
            "windows": .array(windows), "booking": bookingJSON,
        ]
        let rules = HallRules.schema.decode(json, findings: &findings)
        guard let rules, findings.isEmpty else { throw Problem.invalid(findings) }
        return rules
    }
}
