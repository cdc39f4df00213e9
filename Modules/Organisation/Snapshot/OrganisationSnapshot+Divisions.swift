extension OrganisationSnapshot {
    /// A division and all that lie below it, in the order of their codes.
    public func divisions(within code: String) -> [DivisionRecord] {
        divisions.values.filter { isWithin($0.code, code) }.sorted { $0.code < $1.code }
    }
}
