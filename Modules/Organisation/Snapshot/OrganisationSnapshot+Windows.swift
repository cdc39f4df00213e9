extension OrganisationSnapshot {
    /// How far each site of a division and of those below it takes everything in at every window (R10.3), the least
    /// covered first. Sites without a window that could be comprehensive are left out.
    ///
    /// - Parameter division: the code of the division above; empty for all.
    public func windowCoverage(within division: String = "") -> [WindowCoverage] {
        let inside = Set(divisions(within: division).map(\.code))
        let bySite = Dictionary(grouping: windows.values, by: \.site)
        return sites.values.filter { division.isEmpty || inside.contains($0.division) }
            .map { site in
                let kinds = (bySite[site.id] ?? []).map(\.kind)
                return WindowCoverage(
                    site: site.name, division: site.division, comprehensive: kinds.count { $0 == .comprehensive },
                    eligible: kinds.count { $0 != .special })
            }
            .filter { $0.eligible > 0 }
            .sorted { ($0.share ?? 0, $0.site) < ($1.share ?? 0, $1.site) }
    }
}
