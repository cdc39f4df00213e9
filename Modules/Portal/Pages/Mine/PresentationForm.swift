import PluginKit

/// What a holder agrees to show: as little as possible is chosen beforehand.
struct PresentationForm {
    /// The licence; nil for all of them.
    let licence: Licence?
    let request: PageRequest
    let feedback: FormFeedback

    var action: String { licence.map { "/licences/\($0.id)/show" } ?? "\(PresentationPages.path)/all" }

    private var labels: [String] {
        licence?.presentable.map(\.label) ?? LicencePart.allCases.map(\.rawValue)
    }

    private static let usual = [LicencePart.holder.rawValue, LicencePart.number.rawValue]

    private func values(_ name: String, _ first: [String]) -> [String] {
        feedback.status == 200 ? first : request.form[name] ?? []
    }

    /// Which of the licence's lines are shown.
    var labelField: InputField {
        InputField(
            id: "labels", name: "labels", label: "还给看哪些内容",
            kind: .checkboxes(labels.map { InputField.Choice($0) }), values: values("labels", Self.usual),
            isOptional: true, hint: "对方不需要的，不要选。", error: feedback.error("labels"))
    }

    var fields: [InputField] {
        [
            labelField,
            InputField(
                id: "audience", name: "audience", label: "给谁看",
                kind: .radio([
                    InputField.Choice("staff", "政务窗口和政府部门", note: "先扫的那个部门能看，别人扫不开"),
                    InputField.Choice("anyone", "面前的人", note: "例如银行、学校；谁拿到码谁能看，只能看一次"),
                ]), values: values("audience", ["staff"]), error: feedback.error("audience")),
            InputField(
                id: "minutes", name: "minutes", label: "多久有效",
                kind: .radio(
                    [("1", "1 分钟"), ("5", "5 分钟"), ("10", "10 分钟")].map { InputField.Choice($0.0, $0.1) }, isRow: true),
                values: values("minutes", ["1"]), error: feedback.error("minutes")),
            InputField(
                id: "purpose", name: "purpose", label: "做什么用", kind: .text(), values: values("purpose", []),
                isOptional: true, hint: "写给对方看，例如 办理贷款。", error: feedback.error("purpose"), maximumLength: 60),
        ]
    }

    var input: PresentationInput {
        var input = PresentationInput()
        input.licences = licence.map { [$0.id.text] } ?? []
        input.labels = request.form["labels"] ?? []
        input.audience = request.field("audience")
        input.minutes = Int(request.field("minutes")) ?? 0
        input.purpose = request.field("purpose")
        return input
    }

    static func audience(_ audience: PresentationAudience) -> ViewModel {
        switch audience {
        case .anyone: "面前的人，只能看一次"
        case .agency: "先扫的政府部门，只能看一次"
        }
    }
}
