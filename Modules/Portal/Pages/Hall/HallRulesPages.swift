import PluginKit

/// The rules of a hall, for who manages it, and the end of its day.
struct HallRulesPages: PageGroup {
    private static let access = Access.staff(HallService.manage)

    let services: PortalServices
    private var hall: HallService { services.hall }

    static func url(_ hall: Hall) -> String { "/staff/halls/\(hall.site.key)" }

    var pages: [Page] {
        [
            Page("/staff/halls/{site}", access: Self.access) { request in try await show(request, .none, nil) },
            Page(post: "/staff/halls/{site}", access: Self.access) { request in try await save(request) },
            Page(post: "/staff/halls/{site}/closing", access: Self.access) { request in try await close(request) },
        ]
    }

    private func show(_ request: PageRequest, _ feedback: FormFeedback, _ trouble: String?) async throws -> PageReply {
        let (key, act) = (request.path["site"] ?? "", request.act)
        let (place, sight) = try await hall.database.read { [hall] snapshot in
            let place = try hall.managed(key, by: act, in: snapshot)
            return (place, try hall.sight(of: key, limit: 0, at: act.now, in: snapshot))
        }
        let form = HallRulesForm(hall: place, request: request, feedback: feedback)
        return .render(
            .named("hall-rules"),
            .record([
                "pageTitle": "\(place.site.name)叫号规则", "back": ViewModel.back("返回叫号", HallDeskPages.path),
                "name": place.site.name, "action": Self.url(place), "isClosed": sight.isClosed,
                "message": trouble.map { ViewModel.message("bad", $0) } ?? Self.messages[request.parameter("message")],
                "errorSummary": feedback.summary(anchor: { HallRulesForm.anchor($0.field) }),
                "bounds": form.bounds, "classes": form.classes, "businesses": form.businesses.model,
                "windows": form.windows, "closingAction": "\(Self.url(place))/closing",
            ]), status: trouble == nil ? feedback.status : 409)
    }

    private func save(_ request: PageRequest) async throws -> PageReply {
        let (key, act) = (request.path["site"] ?? "", request.act)
        let place = try await hall.database.read { [hall] in try hall.managed(key, by: act, in: $0) }
        do {
            let rules = try HallRulesForm(hall: place, request: request, feedback: .none).read()
            try await hall.database.write { [hall] in try hall.setRules(rules, of: key, by: act, in: $0) }
        } catch {
            guard let feedback = FormFeedback(error) else { throw error }
            return try await show(request, feedback, nil)
        }
        return .redirect("\(Self.url(place))?message=saved")
    }

    private func close(_ request: PageRequest) async throws -> PageReply {
        let (key, act) = (request.path["site"] ?? "", request.act)
        guard request.field("sure") == "yes" else { return try await show(request, .none, "请先勾选“确认结束”，再按按钮。") }
        do {
            _ = try await hall.database.write { [hall] in try hall.closeDay(key, by: act, in: $0) }
        } catch let error as HallError where error.code == .closed {
            return try await show(request, .none, error.message)
        }
        return .redirect("/staff/halls/\(key)?message=closed")
    }

    private static let messages: [String: ViewModel] = [
        "saved": .message("good", "规则已经保存，下一次叫号起执行。"),
        "closed": .message("good", "今天已经结束，不再取号，没有办的号已经清掉。"),
    ]
}

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
        let known = hall.rules.businesses.map { "\($0.key) \($0.title)" }.joined(separator: "\n")
        return InputField(
            id: "f-businesses", name: "businesses", label: "业务", kind: .paragraph,
            values: [isPosted ? request.form["businesses"]?.last ?? "" : known],
            hint: "一行一种：先写代号，空一格，再写名称，例如“social 社保医保”。", error: errors("businesses"), maximumLength: 3000)
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

    private func values(_ name: String) -> [String] { request.form[name] ?? [] }

    /// The rules that the form says.
    ///
    /// - Throws: `Problem` with every finding of form and bounds.
    func read() throws -> HallRules {
        var findings: [Finding] = []
        var lines: [JSONValue] = []
        for line in (request.form["businesses"]?.last ?? "").split(whereSeparator: \.isNewline) {
            let words = line.split(maxSplits: 1, whereSeparator: \.isWhitespace).map(String.init)
            guard words.count == 2 else {
                findings.append(Finding("businesses", "hall.business", "“\(line)”要写成“代号 名称”。"))
                continue
            }
            lines.append(["key": .string(words[0]), "title": .string(words[1])])
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
            "windows": .array(windows),
        ]
        let rules = HallRules.schema.decode(json, findings: &findings)
        guard let rules, findings.isEmpty else { throw Problem.invalid(findings) }
        return rules
    }
}
