import PluginKit

/// One question of a form as partial `field` shows it.
struct InputField: ModelValue {
    /// How it is asked.
    enum Kind {
        /// Not asked, since it is known: where from, and the full value where it may be changed.
        case known(source: String, changeable: String?)
        case text(type: String = "text", mode: String? = nil, autocomplete: String? = nil)
        case day
        case paragraph
        case select([Choice], empty: String? = nil)
        case radio([Choice], isRow: Bool = false)
        case checkboxes([Choice])
        case consent(statement: String)
        case file(accept: String, maximumBytes: Int, isCamera: Bool = false, isSignature: Bool = false)
    }

    /// One option.
    struct Choice {
        let value: String
        let label: String
        let note: String?

        init(_ value: String, _ label: String? = nil, note: String? = nil) {
            self.value = value
            self.label = label ?? value
            self.note = note
        }
    }

    /// The element's ID, unique on its page.
    let id: String
    let name: String
    let label: String
    let kind: Kind
    /// The value that was typed before, or several of them for checkboxes.
    var values: [String] = []
    var isOptional = false
    var hint: String?
    var error: String?
    var maximumLength: Int?
    /// The least and greatest value, written as the value is.
    var range: (least: String?, greatest: String?) = (nil, nil)

    var model: ViewModel? {
        ViewModel.record([
            "id": id, "name": name, "label": label, "optional": isOptional, "hint": hint ?? "", "error": error ?? "",
            "value": values.last ?? "", "maxLength": maximumLength,
            "least": range.least ?? "", "greatest": range.greatest ?? "",
        ]).merging(specific)
    }

    private var specific: ViewModel {
        switch kind {
        case .known(let source, let changeable):
            .record(["isKnown": true, "source": source, "changeable": changeable ?? ""])
        case .text(let type, let mode, let autocomplete):
            // A password is never sent back.
            .record([
                "isText": true, "inputType": type, "inputMode": mode ?? "", "autocomplete": autocomplete ?? "",
                "value": type == "password" ? "" : values.last ?? "",
            ])
        case .day: ["isDate": true, "autocomplete": ""]
        case .paragraph: ["isTextarea": true]
        case .select(let choices, let empty):
            .record(["isSelect": true, "emptyLabel": empty ?? "", "options": options(choices)])
        case .radio(let choices, let isRow): .record(["isRadio": true, "row": isRow, "options": options(choices)])
        case .checkboxes(let choices): .record(["isCheckbox": true, "row": false, "options": options(choices)])
        case .consent(let statement):
            .record(["isConsent": true, "value": "yes", "statement": statement, "chosen": values.contains("yes")])
        case .file(let accept, let maximumBytes, let isCamera, let isSignature):
            .record([
                "isFile": true, "accept": accept, "maxBytes": maximumBytes, "capture": isCamera, "pad": isSignature,
            ])
        }
    }

    private func options(_ choices: [Choice]) -> [ViewModel] {
        choices.enumerated().map { index, choice in
            .record([
                "optionID": "\(id)-\(index + 1)", "optionValue": choice.value, "optionLabel": choice.label,
                "optionNote": choice.note ?? "", "chosen": values.contains(choice.value),
            ])
        }
    }
}
