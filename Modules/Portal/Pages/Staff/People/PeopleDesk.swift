import PluginKit

/// What an administrator has before itself: its people, and where they may be put with what.
struct PeopleDesk {
    let people: [StaffMember]
    let known: OrganisationSnapshot
    let identity: IdentityService
    let act: Act

    private var today: LegalDay { act.now.day }

    func name(of account: Identifier) -> String { people.first { $0.account == account }?.name ?? "别的单位的同事" }

    /// Where somebody is now, as a word and a colour.
    func state(of member: StaffMember) -> (text: String, badge: String) {
        if member.isSuspended { return ("已停用", "late") }
        guard let leave = member.leave else { return ("在岗", "good") }
        let days = "\(leave.days.lowerBound.text) 至 \(leave.days.upperBound.text)"
        let standIn = "\(name(of: leave.standIn))替岗"
        return leave.days.contains(today) ? ("请假，\(standIn)", "soon") : ("\(days) 请假，\(standIn)", "data")
    }

    /// A post in one line.
    func title(of post: PostRecord) -> String {
        let roles = post.roles.map { known.roles[$0]?.title ?? $0 }.joined(separator: "、")
        let agency = known.agencies[post.agency]?.name(on: today) ?? ""
        let site = post.site.flatMap { known.sites[$0]?.name }.map { "，\($0)" } ?? ""
        let from = post.validity.from > today ? "（\(post.validity.from.text) 起）" : ""
        let until = post.validity.until.map { "（到 \($0.adding(days: -1).text)）" } ?? ""
        return "\(agency)\(site)：\(roles)\(from)\(until)"
    }

    /// The questions about a post.
    func postFields(
        agency: String, site: String, roles: [String], prefix: String, _ feedback: FormFeedback
    ) -> [InputField] {
        let agencies = identity.managedAgencies(of: act.actor, known, on: today)
        let divisions = Set(agencies.map(\.division))
        let sites = known.sites.values.filter { divisions.contains($0.division) }.sorted { $0.name < $1.name }
        return [
            InputField(
                id: "\(prefix)agency", name: "agency", label: "单位",
                kind: .select(agencies.map { InputField.Choice($0.id.text, $0.name(on: today)) }),
                values: [agency.isEmpty && agencies.count == 1 ? agencies[0].id.text : agency],
                error: feedback.error("agency")),
            InputField(
                id: "\(prefix)site", name: "site", label: "服务场所",
                kind: .select(sites.map { InputField.Choice($0.id.text, $0.name) }, empty: "不在大厅"), values: [site],
                isOptional: true, error: feedback.error("site")),
            InputField(
                id: "\(prefix)roles", name: "roles", label: "角色",
                kind: .checkboxes(
                    identity.grantableRoles(of: act.actor, known).map { InputField.Choice($0.id, $0.title) }),
                values: roles, error: feedback.error("roles")),
        ]
    }

    /// The colleagues of somebody who may take over.
    func colleagues(of account: Identifier) -> [InputField.Choice] {
        people.filter { $0.account != account && !$0.isSuspended }
            .map { InputField.Choice($0.account.text, "\($0.name)（\($0.loginName)）") }
    }
}

/// The page of one person.
struct PersonModel {
    let member: StaffMember
    let desk: PeopleDesk
    let feedback: FormFeedback
    let request: PageRequest
    let password: String?

    private var url: String { "\(PeoplePages.path)/\(member.account)" }
    private var isChangeable: Bool { !member.isAbove && desk.act.actor.account != member.account }

    var model: ViewModel {
        let state = desk.state(of: member)
        let messages = [
            "post": "岗位已调整。", "suspend": "账号已停用，已退出登录。", "resume": "账号已恢复。", "leave": "请假已登记，替岗的人到时会有他的岗位。",
            "return": "已销假。",
        ]
        return .record([
            "pageTitle": member.name, "back": ViewModel.back("返回人员管理", PeoplePages.path),
            "errorSummary": feedback.summary {
                $0.field == "agency" || $0.field == "roles" || $0.field == "site" ? "posts" : $0.field
            },
            "name": member.name, "login": member.loginName, "state": state.text, "badgeClass": state.badge,
            "message": messages[request.parameter("message")] ?? "", "password": password ?? "",
            "isChangeable": isChangeable,
            "reason": member.isAbove ? "他有管理权限，请由系统管理员办理。" : "这是您自己，请由上级管理员办理。",
            "posts": member.posts.enumerated().map { index, post -> ViewModel in
                .record([
                    "title": desk.title(of: post), "id": post.id.text, "action": "\(url)/post",
                    "isChangeable": isChangeable && post.validity.until == nil,
                    "fields": desk.postFields(
                        agency: post.agency.text, site: post.site?.text ?? "", roles: post.roles,
                        prefix: "post\(index)-",
                        request.field("post") == post.id.text ? feedback : .none),
                ])
            },
            "hasLeave": member.leave != nil, "returnAction": "\(url)/return", "leaveAction": "\(url)/leave",
            "leaveText": member.leave.map {
                "\($0.days.lowerBound.chineseDate)至\($0.days.upperBound.chineseDate)请假，由\(desk.name(of: $0.standIn))替岗。"
            } ?? "",
            "leaveFields": leaveFields, "isSuspended": member.isSuspended, "suspendAction": "\(url)/suspend",
            "resumeAction": "\(url)/resume", "departAction": "\(url)/departure", "departFields": departFields,
        ])
    }

    private var leaveFields: [InputField] {
        [
            InputField(
                id: "from", name: "from", label: "从哪一天", kind: .day, values: [request.field("from")],
                hint: "例如 2026-12-01", error: feedback.error("from")),
            InputField(
                id: "until", name: "until", label: "到哪一天（含）", kind: .day, values: [request.field("until")],
                error: feedback.error("until")),
            InputField(
                id: "standIn", name: "standIn", label: "替岗人（B 岗）", kind: .select(desk.colleagues(of: member.account)),
                values: [request.field("standIn")], hint: "请假期间有他的岗位。自己受理的件仍不能由自己审批。",
                error: feedback.error("standIn")),
        ]
    }

    private var departFields: [InputField] {
        [
            InputField(
                id: "day", name: "day", label: "从哪一天起离岗", kind: .day, values: [request.field("day")],
                isOptional: true, hint: "不写为今天", error: feedback.error("day")),
            InputField(
                id: "colleague", name: "colleague", label: "接手人", kind: .select(desk.colleagues(of: member.account)),
                values: [request.field("colleague")], hint: "接过他的岗位，以及他在窗口录了还没提交的申请。",
                error: feedback.error("colleague")),
            InputField(
                id: "confirm", name: "confirm", label: "确认",
                kind: .consent(statement: "岗位结束、账号关闭，工作交给接手人。"), error: feedback.error("confirm")),
        ]
    }
}
