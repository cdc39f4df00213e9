/// How long the program takes from its start to its first answer, with all bundles that it ships.
enum StartFigures {
    static func measure(_ deployment: BenchDeployment) async throws -> Figure {
        var seconds: [Double] = []
        // The first start applies the changed bundle, which later ones don't.
        for round in 0..<4 {
            let server = try await deployment.serve()
            server.child.stop()
            let time = server.child.startTime.components
            if round > 0 { seconds.append(Double(time.seconds) + Double(time.attoseconds) * 1e-18) }
        }
        let middle = seconds.median
        return Figure(
            "start", "启动（全部主题）", measured: "\(Figure.shown(middle * 1000)) 毫秒", value: middle, .atMost(1))
    }
}

/// The memory that the server holds after it was loaded.
enum MemoryFigure {
    static func measure(_ child: Child) -> Figure {
        let megabytes = Double(ProcessTable.residentMemory(child.pid)) / 1_000_000
        return Figure("memory", "加压后的常驻内存（MB）", measured: "\(Int(megabytes)) MB", value: megabytes, .atMost(100))
    }
}
