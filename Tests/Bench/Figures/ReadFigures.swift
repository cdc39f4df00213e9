/// What reading costs: a guide, a case, a page.
struct ReadFigures {
    let load: Wrk
    let rounds: Int
    let program: BenchServer
    let baseline: BenchServer
    let session: BenchSession

    func measure(case id: String) throws -> [Figure] {
        try guide() + one(case: id) + page()
    }

    private func guide() throws -> [Figure] {
        let (mine, bare) = try load.compare(
            rounds: rounds,
            (program.url("/api/v1/themes/\(BenchDeployment.theme)"), { .get() }), (baseline.url("/guide"), { .get() }))
        return [
            Figure("guide", "读办事指南（JSON）", mine.rate, against: bare.rate, .atLeast(0.7)), slow("guide", "读办事指南", mine),
        ]
    }

    private func one(case id: String) throws -> [Figure] {
        let (mine, bare) = try load.compare(
            rounds: rounds, (program.url("/api/v1/cases/\(id)"), { .get(token: session.token) }),
            (baseline.url("/case/\(id)"), { .get() }))
        return [Figure("case", "读一件办件", mine.rate, against: bare.rate, .atLeast(0.5)), slow("case", "读一件办件", mine)]
    }

    private func page() throws -> [Figure] {
        let (mine, bare) = try load.compare(
            rounds: rounds, (program.url("/themes/\(BenchDeployment.theme)"), { .get() }),
            (baseline.url("/page"), { .get() }))
        return [Figure("page", "网页（办事指南）", mine.rate, against: bare.rate, .atLeast(0.5)), slow("page", "网页", mine)]
    }

    private func slow(_ id: String, _ title: String, _ outcome: Wrk.Outcome) -> Figure {
        Figure(
            "\(id)-p99", "\(title)：第 99 百分位与中位数之比", measured: "\(Figure.shown(outcome.slow)) 毫秒",
            baseline: "\(Figure.shown(outcome.median)) 毫秒", value: outcome.slow / outcome.median, .atMost(20))
    }
}
