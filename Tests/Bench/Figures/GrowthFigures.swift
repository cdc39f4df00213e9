/// Whether reading one case gets slower with the number of cases in the database.
struct GrowthFigures {
    let load: Wrk
    let rounds: Int
    let count: Int

    func measure(_ workshop: Workshop) async throws -> Figure {
        let small = try await server(workshop, "small", 1_000)
        let large = try await server(workshop, "large", count)
        defer {
            small.server.child.stop()
            large.server.child.stop()
        }
        let (many, few) = try load.compare(
            rounds: rounds, (large.server.url(""), { large.script }), (small.server.url(""), { small.script }))
        return Figure(
            "growth", "读一件办件（库里 \(count) 件与 1000 件相比）", many.rate, against: few.rate, .atLeast(0.9))
    }

    private func server(
        _ workshop: Workshop, _ name: String, _ count: Int
    ) async throws -> (server: BenchServer, script: LoadScript) {
        let deployment = try await workshop.deployment(name)
        let first = try await deployment.serve()
        _ = try await first.signIn(deployment).submitOne()
        first.child.stop()
        let identifiers = try deployment.fill(count)
        let server = try await deployment.serve()
        let session = try await server.signIn(deployment)
        return (server, .get(pathsIn: identifiers, below: "/api/v1/cases/", token: session.token))
    }
}
