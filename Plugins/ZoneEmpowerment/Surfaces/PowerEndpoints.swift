import PluginKit

/// The register over HTTP: anybody reads it; who may delegate changes it.
struct PowerEndpoints {
    let register: PowerRegister
    let settings: ZoneEmpowermentPlugin.Settings

    var all: [any Contribution] {
        [
            Endpoint(.get, "powers", summary: "下放权限台账，每项写明三到位还缺什么", access: .anyone) {
                (input: PowerQuery, call) in
                let standing = try await register.standing(division: input.division, at: call.act.now)
                var list = PowerListView()
                list.powers = standing.powers.map { PowerView($0.power, $0.readiness, standing.places) }
                return list
            },
            Endpoint(
                .post, "powers", summary: "登记一项下放的权限", access: .staff(PowerRegister.delegate), status: 201,
                problems: ["input.invalid", "zone-empowerment.given_already"]
            ) { (input: PowerInput, call) in
                try await call.commit(to: register.database, status: 201) { transaction in
                    let power = try register.delegate(input, by: call.act, in: transaction)
                    return try view(power, at: call.act.now, in: transaction)
                }
            },
            Endpoint(
                .post, "powers/{id}/end", summary: "收回一项权限；在办的件不受影响", access: .staff(PowerRegister.delegate),
                problems: ["input.invalid", "not_found"]
            ) { (input: TakingBack, call) in
                try await call.commit(to: register.database) { transaction in
                    let power = try register.takeBack(
                        input.id, on: input.day, reason: input.reason, by: call.act, in: transaction)
                    return try view(power, at: call.act.now, in: transaction)
                }
            },
            Endpoint(.get, "figures", summary: "各地可以办的下放事项数，与目标对照", access: .anyone) { (_: Nothing, call) in
                let standing = try await register.standing(at: call.act.now)
                var list = ZoneFigureList()
                list.places = ZoneFigures.all(standing.powers, standing.places, settings).map(ZoneFigureView.init)
                return list
            },
        ]
    }

    private func view(_ power: DelegatedPower, at now: Instant, in snapshot: Snapshot) throws -> PowerView {
        let check = try register.check(at: now, in: snapshot)
        return PowerView(power, check.readiness(of: power), check.places)
    }
}

struct PowerQuery: SchemaType {
    var division: String?
    static let schema = Schema<Self> {
        Field("division", \.division, .optional(.text(max: 20)), doc: "承接地；不写为全部", in: .query)
    }
}

struct TakingBack: SchemaType {
    var id = Identifier(at: Instant(milliseconds: 0), random: [UInt8](repeating: 0, count: Identifier.randomLength))
    var day = LegalDay.first
    var reason = ""
    static let schema = Schema<Self> {
        Field("id", \.id, .identifier, doc: "权限的标识", in: .path)
        Field("day", \.day, .day, doc: "从哪天起收回")
        Field("reason", \.reason, .text(min: 1, max: 500, lines: true), doc: "依据和理由")
    }
}
