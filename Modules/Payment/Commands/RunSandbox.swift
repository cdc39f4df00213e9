import ArgumentParser
import Extension
import Foundation

/// `yiciban pay sandbox`
struct RunSandbox: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sandbox", abstract: "演练网关：像微信支付和支付宝一样收款、通知、退款，没有真钱",
        discussion: """
            第一次运行会在 --keys 目录里生成演练用的密钥。用 --settings 打印要写进 settings.yaml 的 payment 设置。
            付款：打开二维码对应的演练收银台，或者向 /control/pay 发送 code=二维码的内容。
            """)

    @Option(name: .long, help: "端口；0 表示任选一个空闲端口")
    var port = 9600

    @Option(name: .long, help: "放演练密钥的目录", completion: .directory)
    var keys = "sandbox-keys"

    @Option(name: .long, help: "本站的网址，用于打印设置")
    var site = "http://127.0.0.1:8080"

    @Flag(name: .long, help: "只打印要写进 settings.yaml 的设置，不启动")
    var settings = false

    @Option(name: .long, help: "通知延迟多少秒")
    var delay = 0

    @Option(name: .long, help: "每条通知另外重复几次")
    var duplicates = 0

    @Option(name: .long, help: "每多少条通知丢失一条；0 表示不丢，1 表示全丢")
    var loseEvery = 0

    @Option(name: .long, help: "每多少条通知写错一次金额；0 表示不写错")
    var wrongAmountEvery = 0

    @Flag(name: .long, help: "通知乱序到达")
    var shuffle = false

    @Flag(name: .long, help: "退款要一分钟才到账")
    var slowRefunds = false

    func validate() throws {
        if !(0...65_535).contains(port) { throw ValidationError("--port 应在 1 到 65535 之间，0 表示任选一个空闲端口。") }
        if [delay, duplicates, loseEvery, wrongAmountEvery].contains(where: { $0 < 0 || $0 > 100_000 }) {
            throw ValidationError("次数和秒数应在 0 到 100000 之间。")
        }
    }

    func run() async throws {
        let kept = try SandboxKeys(folder: keys)
        var own = kept.settings(address: "http://127.0.0.1:\(port)")
        if settings { return print(try kept.yaml(own, site: site)) }
        own.behaviour.delay = delay
        own.behaviour.duplicates = duplicates
        own.behaviour.losesEvery = loseEvery
        own.behaviour.wrongAmountEvery = wrongAmountEvery
        own.behaviour.shuffles = shuffle
        own.behaviour.slowRefunds = slowRefunds
        let gateway = SandboxGateway(own)
        try await SandboxServer(gateway: gateway, port: port).run { port in
            gateway.moved(to: "http://127.0.0.1:\(port)")
            print("演练网关已启动：http://127.0.0.1:\(port)，没有真钱。按 Ctrl+C 停止。")
            fflush(nil)
        }
    }
}
