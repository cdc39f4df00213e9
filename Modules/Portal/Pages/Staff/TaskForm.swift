import PluginKit

/// What the officer typed, so that nothing is lost when something is wrong with it.
struct TaskForm {
    enum Panel { case grant, refuse, pause, resume, fault, outside }

    static let resultPrefix = "results."
    static let originalPrefix = "original."

    let request: PageRequest
    /// The panel that stands open.
    var panel: Panel?
    var feedback = FormFeedback.none
    var warning: String?

    /// The values of the results by result and field; a field's name is `results.<result>.<field>`.
    var results: [String: [String: String]] {
        var results: [String: [String: String]] = [:]
        for (name, value) in request.fields(prefix: Self.resultPrefix) {
            guard let dot = name.firstIndex(of: ".") else { continue }
            results[String(name[..<dot]), default: [:]][String(name[name.index(after: dot)...])] =
                value.withoutOuterSpace
        }
        return results
    }

    /// A text that was typed into a panel.
    func text(_ name: String, in panel: Panel) -> [String] { self.panel == panel ? [request.field(name)] : [] }

    /// What is wrong with a field of a panel.
    func error(_ name: String, in panel: Panel) -> String? { self.panel == panel ? feedback.error(name) : nil }
}
