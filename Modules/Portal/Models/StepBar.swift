import PluginKit

/// The steps from the situation to the submission.
enum Step: Int, CaseIterable {
    case questions, plan, form, materials, review

    var label: String {
        switch self {
        case .questions: "了解情况"
        case .plan: "办理方案"
        case .form: "填一张表"
        case .materials: "交材料"
        case .review: "核对提交"
        }
    }

    /// The bar with this step as the current one.
    var bar: ViewModel {
        .record([
            "list": Step.allCases.map { step -> ViewModel in
                .record(["label": step.label, "done": step.rawValue < rawValue, "current": step == self])
            }
        ])
    }
}

extension ViewModel {
    /// The link that leads back.
    static func back(_ label: String, _ url: String) -> ViewModel { ["label": .text(label), "url": .text(url)] }

    /// A link.
    static func link(_ label: String, _ url: String) -> ViewModel { ["label": .text(label), "url": .text(url)] }

    /// A message at the top of a page.
    static func message(_ tone: String, _ text: String) -> ViewModel { ["tone": .text(tone), "text": .text(text)] }
}
