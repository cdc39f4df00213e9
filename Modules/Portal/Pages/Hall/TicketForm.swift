import PluginKit

/// The questions of who takes a ticket.
struct TicketForm {
    let rules: HallRules
    let request: PageRequest
    let feedback: FormFeedback
    var asksForID = false

    static func request(_ request: PageRequest) -> TicketRequest {
        TicketRequest(
            business: request.field("business"), ground: GreenGround(rawValue: request.field("ground")),
            idNumber: request.field("id_number"))
    }

    var fields: [ViewModel] {
        var fields: [InputField] = []
        if rules.businesses.count > 1 {
            let chosen = request.field("business")
            fields.append(
                InputField(
                    id: "f-business", name: "business", label: "办什么",
                    kind: .radio(rules.businesses.map { InputField.Choice($0.key, $0.title) }, isRow: true),
                    values: [chosen.isEmpty ? rules.businesses[0].key : chosen], error: feedback.error("business")))
        }
        let grounds =
            [InputField.Choice("", "都不是，取普通号")]
            + GreenGround.allCases.map { InputField.Choice($0.rawValue, $0.chinese) }
        fields.append(
            InputField(
                id: "f-ground", name: "ground", label: "有没有下面的情形", kind: .radio(grounds, isRow: true),
                values: [request.field("ground")], hint: "有的走绿色通道，优先办理；请带上能说明情况的证件。",
                error: feedback.error("ground")))
        if asksForID {
            fields.append(
                InputField(
                    id: "f-id_number", name: "id_number", label: "身份证号码",
                    kind: .text(autocomplete: "off"), values: [request.field("id_number")], isOptional: true,
                    hint: "只用来核对年龄、防止重复取号，不保存。", error: feedback.error("id_number"),
                    maximumLength: 24))
        }
        return fields.compactMap(\.model)
    }
}
