import Catalogue
import Standards

/// Items, their fees and their results.
extension ThemeDecoder {
    func themeItem(_ value: YAMLValue) -> ThemeItem? {
        value.object { object in
            ThemeItem(item: item(object), when: object.condition("when"), after: object.texts("after"))
        }
    }

    private func item(_ object: YAMLObject) -> ItemDefinition {
        ItemDefinition(
            id: object.text("id"), title: object.text("title"), department: object.text("department"),
            kind: object.text("kind"), statutoryLimit: object["statutory"]?.limit,
            promisedLimit: object.required("promised")?.limit ?? .onTheSpot, fees: object.list("fees", fee),
            results: object.list("results", result), handling: object.choice("handling", default: .here) ?? .here,
            separation: object.choice("separation", default: .separate) ?? .separate,
            effectiveFrom: object["from"]?.day, effectiveTo: object["to"]?.day, note: object.optionalProse("note"))
    }

    private func fee(_ value: YAMLValue) -> Fee? {
        value.object { object in
            Fee(
                title: object.text("title"), amount: object.required("amount")?.amount,
                basis: object.optionalText("basis"), note: object.optionalProse("note"),
                when: object.condition("when"), charge: charge(object),
                reductions: object["reductions"].map { $0.elements(reduction) },
                effectiveFrom: object["from"]?.day, effectiveTo: object["to"]?.day)
        }
    }

    /// How a fee is charged here: `charge: here`, with what sends it back.
    private func charge(_ object: YAMLObject) -> FeeCharge? {
        let place: ChargePlace = object.choice("charge", default: .elsewhere) ?? .elsewhere
        let refunds = object.list("refund") { $0.choice(FeeCharge.Refund.self) }
        return place == .here ? FeeCharge(refunds: refunds) : nil
    }

    private enum ChargePlace: String, CaseIterable {
        case here, elsewhere
    }

    private func reduction(_ value: YAMLValue) -> FeeReduction? {
        value.object { object in
            FeeReduction(
                title: object.text("title"), amount: object.required("amount")?.amount ?? .zero,
                basis: object.optionalText("basis"), when: object.condition("when"))
        }
    }

    private func result(_ value: YAMLValue) -> ResultDefinition? {
        value.object { object in
            ResultDefinition(
                id: object.text("id"), title: object.text("title"),
                issuer: object.choice("issuer", default: nil) ?? .here, licenceType: object.text("licence"),
                holder: object.optionalText("holder") ?? "applicant", content: object.texts("content"),
                fields: object.list("fields", field),
                supplies: object.list("supplies", supply))
        }
    }

    private func supply(_ value: YAMLValue) -> ResultDefinition.Supply? {
        value.object { ResultDefinition.Supply(field: $0.text("field"), to: $0.text("to")) }
    }
}
