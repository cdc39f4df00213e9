import Catalogue

/// The one form and the parties in it.
extension ThemeDecoder {
    func section(_ value: YAMLValue) -> FormSection? {
        value.object { object in
            FormSection(title: object.text("title"), fields: object.required("fields")?.elements(field) ?? [])
        }
    }

    func field(_ value: YAMLValue) -> FormField? {
        value.object { object in
            let kind = object.choice("kind", default: FormField.Kind.text) ?? .text
            return FormField(
                id: object.text("id"), title: object.text("title"), hint: object.optionalProse("hint"), kind: kind,
                options: object.texts("options"), isRequired: object.flag("required", default: true),
                maximumLength: maximumLength(object, kind: kind), when: object.condition("when"),
                prefill: object.optionalText("prefill"),
                locked: object["locked"].map { _ in object.flag("locked", default: true) },
                items: object.texts("items"), bounds: bounds(object, kind: kind))
        }
    }

    func party(_ value: YAMLValue) -> PartyRole? {
        value.object { object in
            PartyRole(
                id: object.text("id"), title: object.text("title"), when: object.condition("when"),
                mayLackIdentifier: object.flag("mayLackIdentifier", default: false), nameField: object.text("name"),
                identifierField: object.optionalText("identifier"), consent: object["consent"]?.condition,
                invitation: object["mayConsent"]?.condition, concerns: object.texts("concerns"),
                mayBeApplicant: object["mayBeApplicant"] == nil
                    ? nil : object.flag("mayBeApplicant", default: false),
                otherThan: object.texts("otherThan"))
        }
    }
}
