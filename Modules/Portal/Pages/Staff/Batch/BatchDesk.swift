import PluginKit

/// Finds the items whose results an officer enters in batches: those that the officer's agency handles in a system of
/// its own.
struct BatchDesk {
    /// One of them.
    struct Target {
        let theme: Theme
        let item: ItemDefinition

        var url: String { "/staff/results/\(URLText.encode(theme.id))/\(URLText.encode(item.id))" }
    }

    let services: PortalServices

    /// The items in the order of the themes.
    func targets(_ request: PageRequest) async throws -> [Target] {
        guard let post = request.actor.post else { return [] }
        let organisation = try await services.organisation.snapshot()
        let day = request.act.now.day
        return try await services.catalogue.themes().flatMap { current in
            current.theme.items.filter { item in
                item.item.handling == .outside
                    && organisation.agency(department: item.item.department, division: post.division, on: day)?.id
                        == post.agency
            }.map { Target(theme: current.theme, item: $0.item) }
        }
    }

    /// The item of a request.
    ///
    /// - Throws: "not found" also for an item of another agency.
    func target(_ request: PageRequest) async throws -> Target {
        let found = try await targets(request)
            .first { $0.theme.id == request.path["theme"] && $0.item.id == request.path["item"] }
        guard let found else { throw Problem.notFound("这个事项") }
        return found
    }

    /// An empty table with the numbers of the cases in which the item is open, to fill in and send back.
    func template(_ target: Target, by act: Act) async throws -> FileReply {
        var numbers: [String] = []
        var after: String?
        // A bounded look: whoever has more open items than this fills several tables.
        for _ in 0..<10 where numbers.count < ResultSheet.limit {
            let page = try await services.casework.worklist(after: after, limit: 100, by: act)
            numbers += page.items.filter { $0.theme == target.theme.id && $0.item == target.item.id }.map(\.number)
            after = page.next
            if after == nil { break }
        }
        let head = ResultSheet(target.item).columns.map { "\"\($0.title)\"" }.joined(separator: ",")
        // The tab keeps a spreadsheet from taking a long number for a figure and rounding it.
        let rows = numbers.prefix(ResultSheet.limit).map { "\"\t\($0)\"" }
        let text = "\u{FEFF}" + ([head] + rows).joined(separator: "\r\n") + "\r\n"
        return FileReply(
            bytes: Array(text.utf8), contentType: "text/csv; charset=utf-8", name: "\(target.item.title)-批量登记.csv")
    }
}
