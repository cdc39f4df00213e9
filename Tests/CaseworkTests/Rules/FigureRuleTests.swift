import Casework
import Extension
import Foundation
import Standards
import StorageTestSupport
import TestSupport
import Testing

@Suite("Figures of cases")
struct FigureRuleTests {
    private static let months = try! LegalDay("2026-03-01")...LegalDay("2026-03-31")  // literals that a test would show

    private func sum(_ rows: [(key: FigureKey, figures: CaseFigures)]) -> CaseFigures {
        rows.reduce(CaseFigures()) { $0 + $1.figures }
    }

    @Test(
        "what happened to each item is counted once by agency, item, channel and month, however often it is counted",
        .covers("R05.10"), arguments: TestDatabase.all)
    func counted(_ kind: TestDatabaseKind) async throws {
        try await World.run(on: kind) { world in
            let casework = world.casework
            let first = try await world.submitted()
            _ = try await world.accept(first.id)
            world.wait(.seconds(2 * 86_400))
            _ = try await world.grant("P01", first.id)
            var other = World.birthForm
            other["child_name"] = "李望北"
            _ = try await world.submitted(other)
            for _ in 1...2 {
                try await casework.countFigures(months: Self.months, divisions: ["430602"], by: world.system)
            }
            let rows = try await casework.figures(months: Self.months, divisions: ["430602"], by: world.supervisor)
            let total = sum(rows)
            #expect(total.submitted == 10)
            #expect(total.cases == 2)
            #expect(total.accepted == 5)
            #expect(total.granted == 1)
            #expect(total.workingDays == 2)
            #expect(Set(rows.map(\.key.month.text)) == ["2026-03-01"])
            #expect(rows.allSatisfy { $0.key.channel == .online && $0.figures.visits == 0 })
            let granted = rows.filter { $0.figures.granted > 0 }
            #expect(granted.map(\.key.item) == ["P01"])
            #expect(granted.map(\.figures.overdue) == [1])
        }
    }

    @Test("only who supervises a division reads its figures")
    func access() async throws {
        try await World.run(on: .sqlite) { world in
            await #expect(throws: CaseworkError.self) {
                _ = try await world.casework.figures(months: Self.months, divisions: ["430602"], by: world.clerk)
            }
            await #expect(throws: CaseworkError.self) {
                _ = try await world.casework.figures(months: Self.months, divisions: ["430626"], by: world.supervisor)
            }
        }
    }

    @Test("the figures are told by each dimension, and all sums agree", arguments: FigureReport.Dimension.allCases)
    func dimensions(_ dimension: FigureReport.Dimension) async throws {
        try await World.run(on: .sqlite) { world in
            _ = try await world.submitted()
            try await world.casework.countFigures(months: Self.months, divisions: ["430602"], by: world.system)
            let rows = try await world.casework.figures(
                months: Self.months, divisions: ["430602"], by: world.supervisor)
            let report = FigureReport(rows, by: dimension, names: try await world.casework.figureNames())
            #expect(report.lines.reduce(0) { $0 + $1.figures.submitted } == report.total.submitted)
            #expect(report.total == sum(rows).ofWholeCases)
            #expect(report.total.cases == 1)
            let isWhole = dimension != .item && dimension != .agency
            #expect(report.lines.reduce(0) { $0 + $1.figures.cases } == (isWhole ? 1 : 0))
            let path = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).csv").path
            defer { try? FileManager.default.removeItem(atPath: path) }
            try world.casework.writeFigures(rows, names: try await world.casework.figureNames(), to: path)
            let lines = try String(contentsOfFile: path, encoding: .utf8).split(whereSeparator: \.isNewline)
            #expect(lines.count == rows.count + 1)
        }
    }
}
