import ArgumentParser

/// `yiciban exchange …`: what is delivered to the national platform.
struct ExchangeCommands: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "exchange", abstract: "国家平台数据交换：导出、校验、批次",
        discussion: """
            导出的是办件、事项、机构等交换表里新增和变化的行；没有通过校验的行不送出，逐条列出怎么改。
            中断后再运行一次 export，会接着做完。同一时段再次导出，已送出的不会重复。
            """,
        subcommands: [
            ExportExchange.self, CheckExchange.self, ListExchangeBatches.self, ShowExchangeBatch.self,
            SaveExchangeBatch.self,
        ])
}
