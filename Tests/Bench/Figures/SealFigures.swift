import Cryptography
import Documents
import Foundation
import Kernel
import PluginKit
import Storage

/// What signing, sealing and verifying cost, beside `openssl speed` on the same machine.
struct SealFigures {
    let deployment: BenchDeployment
    let rounds: Int
    let seconds: Int

    func measure() async throws -> [Figure] {
        var figures = [try signing()]
        let kernel = try await BenchKernel.boot(DeploymentFolder(deployment.folder.path))
        do {
            figures += try await documents(kernel)
            try await kernel.close()
        } catch {
            try? await kernel.close()
            throw error
        }
        return figures
    }

    // MARK: One core

    /// SM2 signatures of one core, by turns with `openssl speed`, so that both meet the same machine.
    private func signing() throws -> Figure {
        let key = try SM2.PrivateKey.generate()
        let message = [UInt8](repeating: 7, count: 32)
        var own: [Double] = []
        var others: [Double] = []
        for _ in 0..<rounds {
            own.append(try rate { _ = try key.sign(message) })
            others.append(try OpenSSLSpeed.signaturesPerSecond(seconds: seconds))
        }
        return Figure("sm2", "SM2 签名（单核）", own.median, against: others.median, .atLeast(0.9))
    }

    private func rate(_ body: () throws -> Void) throws -> Double {
        let start = ContinuousClock.now
        var count = 0
        while start.duration(to: .now) < .seconds(seconds) {
            for _ in 0..<20 { try body() }
            count += 20
        }
        return Double(count) / start.duration(to: .now).inSeconds
    }

    // MARK: All cores

    private func documents(_ kernel: Kernel) async throws -> [Figure] {
        let service = try kernel.services(ESealService.self)
        let agencies = try await kernel.services(OrganisationService.self).snapshot().agencies.values
        guard let agency = agencies.first(where: { $0.key == "health" }) else {
            throw BenchError("示例部署里没有卫健委，测速要跟着更新。")
        }
        @Sendable func seal() async throws -> SealedDocument {
            let act = Act(actor: .system("bench"), now: SystemClock().now())
            let request = SealingRequest(
                agency: agency.id, power: "P01", decision: "bench", subject: act.identifier("subject"),
                document: Self.page)
            guard let sealed = try await service.seal(request, by: act) else {
                throw BenchError("示例部署里卫健委没有可用的印章，测速要跟着更新。")
            }
            return sealed
        }
        let sealed = try await seal()
        let now = SystemClock().now().adding(.seconds(60))
        let checked = try await service.verify(sealed.ofd, at: now)
        guard checked.verdict == .demonstration else { throw BenchError("测速用的文件核验不通过：\(checked.findings)") }
        let sealing = try await together { _ = try await seal() }
        let verifying = try await together { _ = try await service.verify(sealed.ofd, at: now) }
        return [
            Figure(
                "seal", "盖章：一页 OFD 和 PDF（每秒）", measured: "\(Int(sealing))/s", value: sealing.rounded(),
                .atLeast(200)),
            Figure(
                "seal-verify", "核验一页 OFD（每秒）", measured: "\(Int(verifying))/s", value: verifying.rounded(),
                .atLeast(200)),
        ]
    }

    /// How often something is done in a second when every core does it.
    private func together(_ body: @escaping @Sendable () async throws -> Void) async throws -> Double {
        let seconds = seconds
        var rates: [Double] = []
        for _ in 0..<rounds {
            let start = ContinuousClock.now
            let count = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<ProcessInfo.processInfo.activeProcessorCount {
                    group.addTask {
                        var count = 0
                        while start.duration(to: .now) < .seconds(seconds) {
                            try await body()
                            count += 1
                        }
                        return count
                    }
                }
                return try await group.reduce(0, +)
            }
            rates.append(Double(count) / start.duration(to: .now).inSeconds)
        }
        return rates.median
    }

    private static let page = PageDocument(
        title: "出生医学证明", author: "岳阳市卫生健康委员会", number: "U430000001", date: "2026-03-02",
        blocks: [
            .table([
                PageRow("新生儿姓名", "李望舒"), PageRow("性别", "女"), PageRow("出生日期", "2026年2月20日"),
                PageRow("母亲姓名", "李晓梅"), PageRow("父亲姓名", "王建国"),
            ]),
            .paragraph("本证明由系统签发，凭编号可以核验。"),
            .seal(PageSeal(name: "岳阳市卫生健康委员会", day: "2026年3月2日")),
        ])
}

extension Duration {
    /// In seconds.
    fileprivate var inSeconds: Double {
        Double(components.seconds) + Double(components.attoseconds) * 1e-18
    }
}
