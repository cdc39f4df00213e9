public import Extension

extension Permission {
    /// Accept cases at the window (受理).
    public static let acceptCases = Permission("casework.accept", "受理、补正、不予受理")
    /// Decide one's agency's items (审批).
    public static let decideItems = Permission("casework.decide", "审批本单位承办的事项")
    /// Look at any case of the division.
    public static let superviseCases = Permission("casework.supervise", "查看本区划全部办件")
    /// Manage the working calendar.
    public static let manageCalendar = Permission("casework.calendar", "导入和更正工作日历")
}
