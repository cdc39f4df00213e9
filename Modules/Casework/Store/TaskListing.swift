import Standards

/// Where an item task stands in the officers' lists: under which heading and by which day.
///
/// While the whole case waits at the window, or for the applicant's corrections, its items wait for that and not for
/// an earlier item; so the case's state heads them then, with the day by which the window decides.
struct TaskListing: Hashable {
    let state: String
    let due: Int?

    init(_ task: ItemTask, in file: CaseFile) {
        switch (task.state, file.state) {
        case (.waiting, .submitted): (state, due) = (CaseState.submitted.rawValue, file.acceptBy?.day.ordinal)
        case (.waiting, .correction): (state, due) = (CaseState.correction.rawValue, nil)
        default: (state, due) = (task.state.rawValue, task.due?.day.ordinal)
        }
    }
}

extension TaskListing {
    private static let tasks =
        "SELECT division, case_id, number, theme, state, due, item FROM case_task WHERE agency = ? AND state = ?"

    /// A page of an agency's tasks under one heading, due first: one range of the index `case_task_worklist`, so that
    /// it costs the same wherever it begins and however many cases there are.
    static let tasksByDay = "\(tasks) AND (due, case_id, item) > (?, ?, ?) ORDER BY due, case_id, item LIMIT ?"

    /// A page of those that have no day. Ordered by it as well, since PostgreSQL does not see that a column which is
    /// NULL is in order, and would sort them all.
    static let tasksWithoutDay =
        "\(tasks) AND due IS NULL AND (case_id, item) > (?, ?) ORDER BY due, case_id, item LIMIT ?"

    /// A page with the cases.
    ///
    /// - Parameters:
    ///   - hasDay: whether the tasks under the heading have a day, ``tasksByDay``, or none, ``tasksWithoutDay``.
    ///   - isOfTheme: whether only those of one theme are wanted, which is bound after agency and state.
    static func page(hasDay: Bool, isOfTheme: Bool) -> String {
        let page = hasDay ? tasksByDay : tasksWithoutDay
        return withCases(isOfTheme ? page.replacing("state = ?", with: "state = ? AND theme = ?") : page)
    }

    /// The page is cut from the tasks alone, so that the cases are joined to its lines only.
    private static func withCases(_ page: String) -> String {
        """
        SELECT p.case_id, p.number, p.theme, p.state, p.due, p.item, f.division, f.version, f.body
        FROM (\(page)) p JOIN case_file f ON f.division = p.division AND f.id = p.case_id
        ORDER BY p.due, p.case_id, p.item
        """
    }
}

extension CaseFile {
    /// Where each of the items stands in the lists.
    var listings: [String: TaskListing] {
        Dictionary(items.map { ($0.id, TaskListing($0, in: self)) }, uniquingKeysWith: { $1 })
    }
}
