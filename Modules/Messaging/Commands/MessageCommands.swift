import ArgumentParser

/// `yiciban message …`
struct MessageCommands: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "message", abstract: "通知和送达：清单、打印、登记、重发、短信演练发件箱、措辞",
        subcommands: [
            ListMessages.self, ShowMessage.self, ListDeliveries.self, PrintDelivery.self, PostDelivery.self,
            ServeDelivery.self, ReturnDelivery.self, ResolveDelivery.self, ResendMessage.self, ShowSandbox.self,
            SendMessages.self, WordingCommands.self,
        ])
}
