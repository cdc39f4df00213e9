import PluginKit

/// Where a person says whether it wants to be visited by itself (敲门办的意愿).
struct ChoicePages {
    let register: ProactiveRegister

    static let path = "/age-friendly/choice"

    var all: [any Contribution] {
        [
            Page("choice", access: .person) { request in try await show(request, "") },
            Page(post: "choice", access: .person) { request in try await save(request) },
        ]
    }

    private func show(_ request: PageRequest, _ error: String) async throws -> PageReply {
        guard let person = request.actor.person else { throw Problem.forbidden }
        let known = try await register.database.read { try register.choice(of: person, in: $0) }
        let chosen = error.isEmpty ? known?.rawValue ?? (register.rules.basis.isEmpty ? "" : "welcome") : ""
        var question = Question(
            name: "choice", label: "要不要主动上门", kind: .radio([("welcome", "好的，到时候来找我"), ("unwanted", "不用，我自己办")]),
            value: chosen
        ).model()
        if !error.isEmpty { question = question.with("error", .text(error)) }
        let ages = register.rules.ages.map { "\($0)" }.joined(separator: "、")
        let types = register.rules.licenceTypes.joined(separator: "、")
        return .render(
            .text(Self.template),
            [
                "pageTitle": "主动上门", "back": ["label": "老年人专区", "url": .text(ZonePages.path)],
                "saved": .flag(request.parameter("message") == "saved" && error.isEmpty), "ages": .text(ages),
                "types": .text(types), "days": .text("\(register.rules.daysBefore)"),
                "basis": .text(register.rules.basis), "action": .text(Self.path), "question": question,
            ], status: error.isEmpty ? 200 : 422)
    }

    private func save(_ request: PageRequest) async throws -> PageReply {
        guard let choice = ProactiveChoice(rawValue: request.field("choice")) else {
            return try await show(request, "请选一项。")
        }
        _ = try await register.database.write { try register.choose(choice, by: request.act, in: $0) }
        return .redirect("\(Self.path)?message=saved")
    }

    private static let template = """
        <div class="form">
        <h1>要不要我们主动上门</h1>
        {{#saved}}<p class="note note--good" role="status">记下了。随时可以回来改。</p>{{/saved}}
        <p class="lead">日子快到时，工作人员带着材料上门来办，不用您记着。</p>
        <section class="card"><h2>我们会看什么</h2>
          <ul class="columns">{{#ages}}<li>您的生日：满 {{ages}} 周岁前 {{days}} 天</li>{{/ages}}{{#types}}<li>您的证照：{{types}}到期前 {{days}} 天</li>{{/types}}</ul>
          <p>只看这些，只用来提醒和上门。谁看过您的资料，都有记录。{{#basis}}不说的，我们按{{basis}}列入名单；选“不用”就不列。{{/basis}}{{^basis}}您不同意，我们不会看。{{/basis}}</p>
        </section>
        <form class="card formcard" method="post" action="{{action}}" novalidate>{{> partials/csrf}}
          {{#question}}{{> partials/field}}{{/question}}
          <div class="actions"><button class="btn">保存</button></div>
        </form>
        </div>
        """
}
