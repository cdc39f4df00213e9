import ArgumentParser

/// `yiciban item …`: the item inventory from the command line.
struct ItemCommands: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "item", abstract: "事项目录：查看、导入、比对、送审、发布、导出",
        discussion: """
            省里下发的清单：template → diff → import → submit → pass（部门审核、合法性审核、批准各一次）→ publish。
            上级已经批准的清单，可用 publish --basis 文号 直接发布。中断后再运行一次同样的命令，会接着做完。
            """,
        subcommands: [
            ListItems.self, ShowItem.self, SearchItems.self, ItemTemplate.self, DiffItems.self, ImportItems.self,
            ExportItems.self, ListBatches.self, ShowBatch.self, SubmitBatch.self, PassBatch.self, ReturnBatch.self,
            DiscardBatch.self, PublishBatch.self, SuspendItems.self, CancelItems.self, ItemFigures.self,
            ItemDifferences.self, ItemSteps.self,
            PublishItemList.self, ListItemLists.self, SaveItemList.self, VerifyItemList.self,
        ])
}
