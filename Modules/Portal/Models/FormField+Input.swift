import PluginKit

extension FormField {
    /// The field as it is asked for.
    ///
    /// - Parameters:
    ///   - prefix: what stands before the name in the posted form and in findings, such as `form.`.
    ///   - value: what was typed before.
    ///   - error: what is wrong with it.
    ///   - today: the day from which relative bounds are counted.
    func input(prefix: String, value: String, error: String?, today: LegalDay) -> InputField {
        let hints = [hint ?? standardHint, boundsHint(today)].compactMap { $0 }
        return InputField(
            id: Self.elementID(prefix, id), name: prefix + id, label: title, kind: inputKind,
            values: value.isEmpty ? [] : [value], isOptional: !isRequired,
            hint: hints.isEmpty ? nil : hints.joined(separator: "。"), error: error, maximumLength: maximumLength,
            range: range(on: today))
    }

    /// The field as something that is known already and shown masked.
    ///
    /// - Parameter mayChange: whether another value may be given for this case.
    func known(prefix: String, value: String, source: String, mayChange: Bool) -> InputField {
        InputField(
            id: Self.elementID(prefix, id), name: prefix + id, label: title,
            kind: .known(source: source, changeable: mayChange ? value : nil), values: [masked(value)],
            maximumLength: maximumLength)
    }

    /// The ID of the element for a field.
    static func elementID(_ prefix: String, _ id: String) -> String {
        "f-" + (prefix + id).map { $0 == "." || $0 == " " ? "-" : String($0) }.joined()
    }

    /// The value as it is read, with the middle of personal numbers covered.
    func masked(_ value: String) -> String {
        switch kind {
        case .residentID: (try? ResidentID(value))?.masked ?? value
        case .mobile: (try? MobileNumber(value))?.masked ?? value
        default: shown(value)
        }
    }

    /// The value as it is read.
    func shown(_ value: String) -> String {
        switch kind {
        case .day: ShownText.day(value)
        case .money: (try? Money(yuan: value))?.chinese ?? value
        default: value
        }
    }

    private var inputKind: InputField.Kind {
        switch kind {
        case .text, .creditCode: .text()
        case .personName: .text(autocomplete: "off")
        case .paragraph, .businessScope: .paragraph
        case .choice where options.count > 5: .select(options.map { InputField.Choice($0) })
        case .choice: .radio(options.map { InputField.Choice($0) }, isRow: options.allSatisfy { $0.count <= 6 })
        case .flag: .radio([InputField.Choice("是"), InputField.Choice("否")], isRow: true)
        case .day: .day
        case .integer: .text(mode: "numeric")
        case .money: .text(mode: "decimal")
        case .residentID: .text(autocomplete: "off")
        case .mobile: .text(type: "tel", mode: "tel", autocomplete: "off")
        case .address: .text(autocomplete: "off")
        }
    }

    private var standardHint: String? {
        switch kind {
        case .day: "例如 2026-11-08"
        case .residentID: "18 位，最后一位可能是 X"
        case .creditCode: "18 位，在营业执照上"
        case .businessScope: "一项一项地写，用分号分开；核对时会告诉您哪些需要许可"
        case .money: "以元为单位，例如 80.00"
        default: nil
        }
    }
}
