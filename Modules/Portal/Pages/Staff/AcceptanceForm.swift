import PluginKit

/// What the clerk typed, so that nothing is lost when something is wrong with it.
struct AcceptanceForm {
    enum Panel { case accept, correct, setAside, decline, terminate }

    /// What stands before the number of a fault that is named again.
    static let againPrefix = "again-"

    /// How many rows for faults there are at first, and how many are added at a time.
    private static let rows = 4

    let request: PageRequest
    /// The panel that stands open.
    var panel: Panel?
    var feedback = FormFeedback.none
    var warning: String?

    /// Whether the clerk pressed the button for more rows.
    var wantsMoreRows: Bool { request.field("more") == "yes" }

    /// The rows of faults as they were typed.
    var typed: [(target: String, text: String)] {
        let highest =
            request.form.keys.compactMap { name in
                name.hasPrefix("target-") ? Int(name.dropFirst("target-".count)) : nil
            }.max() ?? 0
        guard panel == .correct, highest > 0 else { return [] }
        return (1...min(highest, 100)).map { (request.field("target-\($0)"), request.field("text-\($0)")) }
    }

    /// The faults that were named; a row without target and text is not one.
    var faults: [Fault] {
        typed.filter { !$0.target.isEmpty || !$0.text.isEmpty }.map { Fault(target: $0.target, text: $0.text) }
    }

    /// What an earlier notice named and the clerk names again.
    ///
    /// - Parameter earlier: the faults of the last notice.
    func repeated(_ earlier: [Fault]) -> [Fault] {
        earlier.enumerated().compactMap { index, fault in
            let text = request.field("\(Self.againPrefix)\(index + 1)")
            return text.isEmpty ? nil : Fault(target: fault.target, text: text, repeats: index + 1)
        }
    }

    /// The rows to show: those that were typed, and some more.
    var shownRows: [(target: String, text: String)] {
        let typed = typed
        let count = typed.isEmpty ? Self.rows : typed.count + (wantsMoreRows ? Self.rows : 0)
        return typed + Array(repeating: ("", ""), count: max(0, count - typed.count))
    }

    /// A text that was typed into a panel.
    func text(_ name: String, in panel: Panel) -> [String] { self.panel == panel ? [request.field(name)] : [] }
}
