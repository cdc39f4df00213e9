import PluginKit

/// The supervisor's figures: a chart by one dimension, and everything as a spreadsheet (R05.10).
struct FigurePages: PageGroup {
    private static let path = "/staff/figures"

    let services: PortalServices

    var pages: [Page] {
        let access = Access.staff(.superviseCases)
        return [
            Page(Self.path, access: access, menu: "统计") { request in try await show(request) },
            Page("\(Self.path)/sheet", access: access) { request in try await sheet(request) },
        ]
    }

    private struct Query {
        let first: LegalDay
        let last: LegalDay
        let division: String
        let dimension: FigureReport.Dimension
        let places: [DivisionRecord]

        var divisions: [String] { division.isEmpty ? places.map(\.code) : [division] }

        var parameters: [String: String] {
            [
                "from": String(first.text.prefix(7)), "until": String(last.text.prefix(7)), "division": division,
                "by": dimension.rawValue,
            ]
        }
    }

    private func query(_ request: PageRequest) async throws -> Query {
        func month(_ name: String) -> LegalDay? { try? LegalDay(request.parameter(name) + "-01") }
        let today = request.act.now.day
        let last = month("until") ?? today
        let places = try await services.organisation.snapshot().divisions(within: request.actor.post?.division ?? "")
        let wanted = request.parameter("division")
        return Query(
            first: min(month("from") ?? last, last), last: last,
            division: places.contains { $0.code == wanted } ? wanted : "",
            dimension: FigureReport.Dimension(rawValue: request.parameter("by")) ?? .agency, places: places)
    }

    private func figures(_ query: Query, _ request: PageRequest) async throws -> (
        rows: [(key: FigureKey, figures: CaseFigures)], names: FigureReport.Names
    ) {
        let rows = try await services.casework.figures(
            months: query.first...query.last, divisions: query.divisions, by: request.act)
        var names = try await services.casework.figureNames()
        for place in query.places { names.divisions[place.code] = place.name }
        return (rows, names)
    }

    private func show(_ request: PageRequest) async throws -> PageReply {
        let query = try await query(request)
        let (rows, names) = try await figures(query, request)
        let report = FigureReport(rows, by: query.dimension, names: names)
        let widest = max(1, report.lines.map(\.figures.submitted).max() ?? 1)
        return .render(
            .named("figures"),
            try await coverage(query).merging(try await themes()).merging(
                .record([
                    "pageTitle": "办件统计", "department": request.actor.post?.agencyName ?? "", "action": Self.path,
                    "filter": fields(query), "headings": FigureReport.headings,
                    "dimension": query.dimension.chinese, "hasLines": !report.lines.isEmpty,
                    "lines": report.lines.prefix(200).map { line -> ViewModel in
                        self.line(line.title, line.figures, widest: widest)
                    },
                    "total": line("合计", report.total, widest: 0),
                    "totals": totals(report.total),
                    "sheetURL": URLText.with("\(Self.path)/sheet", query: query.parameters),
                ])))
    }

    private func line(_ title: String, _ figures: CaseFigures, widest: Int) -> ViewModel {
        let percent = widest == 0 ? 0 : figures.submitted * 100 / widest
        return .record([
            "title": title, "percent": percent,
            "cells": zip(FigureReport.headings, FigureReport.cells(figures)).map {
                ViewModel.record(["label": $0.0, "value": $0.1])
            }, "isLate": figures.overdue > 0,
        ])
    }

    private func coverage(_ query: Query) async throws -> ViewModel {
        let places = Set(query.places.map(\.code))
        let sites = try await services.organisation.snapshot().windowCoverage(within: query.division)
            .filter { places.contains($0.division) }
        let (covered, eligible) = (sites.reduce(0) { $0 + $1.comprehensive }, sites.reduce(0) { $0 + $1.eligible })
        return .record([
            "hasWindows": !sites.isEmpty, "windowShare": eligible == 0 ? "" : "\(covered * 100 / eligible)%",
            "windows": sites.map { site -> ViewModel in
                .record([
                    "site": site.site, "comprehensive": site.comprehensive, "eligible": site.eligible,
                    "percent": Int((site.share ?? 0) * 100),
                ])
            },
        ])
    }

    /// How many themes there are, against what the plan wants (R11.1, R11.3).
    private func themes() async throws -> ViewModel {
        let catalogue = services.catalogue
        let figures = ThemeFigures(try await catalogue.themes().map(\.theme))
        func fact(_ label: String, _ value: Int, _ note: String = "") -> ViewModel {
            .record(["label": label, "value": "\(value)", "note": note])
        }
        var facts = [
            fact("主题式菜单", figures.onMenus, "目标 \(catalogue.targets.menus) 个"),
            fact("服务规范", figures.inBatches, "目标 \(catalogue.targets.norms) 项"),
        ]
        facts += ThemePlacement.Menu.allCases.map { fact($0.rawValue, figures.menus[$0] ?? 0) }
        facts += ThemePlacement.Field.allCases.map { fact($0.rawValue, figures.fields[$0] ?? 0) }
        facts += ThemePlacement.batches.map { fact("第 \($0) 批服务规范", figures.batches[$0] ?? 0) }
        return .record(["themeFacts": ViewModel.list(facts)])
    }

    private func totals(_ figures: CaseFigures) -> [ViewModel] {
        zip(FigureReport.headings, FigureReport.cells(figures)).filter { ["件数", "办结", "超期", "平均工作日"].contains($0.0) }
            .map { ViewModel.record(["label": $0.0, "value": $0.1.isEmpty ? "—" : $0.1]) }
    }

    private func fields(_ query: Query) -> [InputField] {
        [
            InputField(
                id: "from", name: "from", label: "从哪个月", kind: .text(), values: [String(query.first.text.prefix(7))],
                isOptional: true, maximumLength: 7),
            InputField(
                id: "until", name: "until", label: "到哪个月", kind: .text(), values: [String(query.last.text.prefix(7))],
                isOptional: true, maximumLength: 7),
            InputField(
                id: "division", name: "division", label: "哪个区划",
                kind: .select(query.places.map { InputField.Choice($0.code, $0.name) }, empty: "全部"),
                values: [query.division], isOptional: true),
            InputField(
                id: "by", name: "by", label: "按什么分",
                kind: .select(
                    FigureReport.Dimension.allCases.map { InputField.Choice($0.rawValue, $0.chinese) }, empty: "单位"),
                values: [query.dimension.rawValue], isOptional: true),
        ]
    }

    private func sheet(_ request: PageRequest) async throws -> PageReply {
        let (rows, names) = try await figures(try await query(request), request)
        let folder = try ScratchFolder()
        let path = folder.path("办件统计.xlsx")
        try services.casework.writeFigures(rows, names: names, to: path)
        let type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        return .file(FileReply(bytes: try folder.bytes(path), contentType: type, name: "办件统计.xlsx"), inline: false)
    }
}
