extension StringProtocol {
    /// The text without spaces, tabs and line breaks at its ends.
    var trimmingSpace: String {
        var view = self[...]
        while view.first?.isWhitespace == true { view = view.dropFirst() }
        while view.last?.isWhitespace == true { view = view.dropLast() }
        return String(view)
    }
}
