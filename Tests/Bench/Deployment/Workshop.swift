import Foundation

/// The temporary folder of a run, and the programs that are measured.
struct Workshop {
    let folder: URL
    /// `yiciban`, built beside this program.
    let program: URL
    /// This program, which also serves the baselines.
    let bench: URL

    /// - Throws: ``BenchError`` when a program is missing.
    init() throws {
        guard Shell.has("wrk") else { throw BenchError("没有找到 wrk。请先运行 Scripts/install-packages bench。") }
        guard let own = Bundle.main.executableURL else { throw BenchError("不知道自己的路径，无法启动基准服务。") }
        bench = own
        program = own.deletingLastPathComponent().appendingPathComponent("yiciban")
        guard FileManager.default.isExecutableFile(atPath: program.path) else {
            throw BenchError("没有找到 \(program.path)。请运行 make bench，它会一并编译。")
        }
        folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("yiciban-bench-\(ProcessInfo.processInfo.processIdentifier)", isDirectory: true)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    func remove() { try? FileManager.default.removeItem(at: folder) }

    /// Makes a sample deployment that can be loaded: no limits by address, a free port, and a theme that needs no
    /// upload.
    func deployment(_ name: String, conninfo: String? = nil) async throws -> BenchDeployment {
        let data = folder.appendingPathComponent(name, isDirectory: true)
        var arguments = ["init", "--from", "yueyang", "--data", data.path]
        if let conninfo { arguments += ["--database", conninfo] }
        _ = try Shell.output(of: program, arguments)
        let deployment = BenchDeployment(folder: data, workshop: self)
        try deployment.prepare()
        return deployment
    }
}
