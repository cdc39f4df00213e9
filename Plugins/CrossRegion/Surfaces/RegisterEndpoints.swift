import PluginKit

/// Lists, partners and agreements over HTTP: anybody reads what is offered; the keeper changes it.
struct RegisterEndpoints {
    let service: CrossRegionService

    var all: [any Contribution] {
        let (service, manage) = (service, Access.staff(ItemLists.manage))
        return [
            Endpoint(.get, "items", summary: "一类通办事项的清单", access: .anyone) { (query: ItemQuery, call) in
                let found = try await service.database.read {
                    try service.lists.items(
                        query.scope, on: call.act.now.day, after: query.after, limit: query.limit + 1, in: $0)
                }
                return CursorPage(found.map(ListedItemView.init), limit: query.limit) { $0.code }
            },
            Endpoint(
                .post, "items", summary: "把事项列入通办清单", access: manage, status: 201,
                problems: ["input.invalid", "cross-region.listed_already"]
            ) { (input: ListedItemInput, call) in
                try await call.commit(to: service.database, status: 201) { transaction in
                    ListedItemView(try service.lists.add(input, by: call.act, in: transaction))
                }
            },
            Endpoint(
                .post, "items/{id}/end", summary: "把事项撤下通办清单；在办的件照常办完", access: manage,
                problems: ["input.invalid", "resource.not_found"]
            ) { (input: Ending, call) in
                try await call.commit(to: service.database) { transaction in
                    ListedItemView(
                        try service.lists.remove(
                            try Identifier(input.id), on: input.day, reason: input.reason, by: call.act,
                            in: transaction))
                }
            },
            Endpoint(.get, "figures", summary: "三类通办事项数和目标，减少的跑动次数", access: .anyone) { (_: Nothing, call) in
                try await service.figures(by: call.act)
            },
            Endpoint(.get, "partners", summary: "合作地区", access: .anyone) { (_: Nothing, call) in
                var list = PartnerListView()
                list.partners = try await service.database.read { snapshot in
                    try service.partners.partners(in: snapshot).map { PartnerView($0, on: call.act.now.day) }
                }
                return list
            },
            Endpoint(
                .post, "partners", summary: "登记合作地区，或更新它的网址和公钥", access: manage, status: 201,
                problems: ["input.invalid"]
            ) { (input: PartnerInput, call) in
                try await call.commit(to: service.database, status: 201) { transaction in
                    PartnerView(
                        try service.partners.record(input, by: call.act, in: transaction), on: call.act.now.day)
                }
            },
            Endpoint(
                .post, "partners/{id}/end", summary: "终止和一个地区的合作；在办的件照常办完", access: manage,
                problems: ["input.invalid", "resource.not_found"]
            ) { (input: Ending, call) in
                try await call.commit(to: service.database) { transaction in
                    let partner = try service.partners.end(
                        partner: input.id, on: input.day, reason: input.reason, by: call.act, in: transaction)
                    return PartnerView(partner, on: call.act.now.day)
                }
            },
            Endpoint(.get, "agreements", summary: "通办协议：哪些事项、什么模式、由谁办理", access: .anyone) {
                (_: Nothing, call) in
                var list = AgreementListView()
                list.agreements = try await service.database.read { snapshot in
                    try service.partners.agreements(in: snapshot).map { AgreementView($0, on: call.act.now.day) }
                }
                return list
            },
            Endpoint(
                .post, "agreements", summary: "登记一份通办协议", access: manage, status: 201,
                problems: ["input.invalid", "cross-region.agreed_already"]
            ) { (input: AgreementInput, call) in
                try await call.commit(to: service.database, status: 201) { transaction in
                    AgreementView(
                        try service.partners.agree(input, by: call.act, in: transaction), on: call.act.now.day)
                }
            },
            Endpoint(
                .post, "agreements/{id}/end", summary: "终止一份通办协议；在办的件照常办完", access: manage,
                problems: ["input.invalid", "resource.not_found"]
            ) { (input: Ending, call) in
                try await call.commit(to: service.database) { transaction in
                    let agreement = try service.partners.end(
                        agreement: try Identifier(input.id), on: input.day, reason: input.reason, by: call.act,
                        in: transaction)
                    return AgreementView(agreement, on: call.act.now.day)
                }
            },
        ]
    }
}

struct ItemQuery: SchemaType {
    var scope = Scope.city
    var after = ""
    var limit = 100

    static let schema = Schema<Self> {
        Field("scope", \.scope, .choice, doc: "范围：市内、省内、跨省", in: .query)
        Field("after", \.after, .text(max: 40).withDefault, doc: "从哪个代号之后开始", in: .query)
        Field("limit", \.limit, .integer(in: 1...500).withDefault, doc: "每页几项", in: .query)
    }
}

struct Ending: SchemaType {
    var id = ""
    var day = LegalDay.first
    var reason = ""

    static let schema = Schema<Self> {
        Field("id", \.id, .text(min: 1, max: 60), doc: "编号；合作地区写代码", in: .path)
        Field("day", \.day, .day, doc: "从哪天起")
        Field("reason", \.reason, .text(min: 1, max: 500, lines: true), doc: "理由")
    }
}
