import ArgumentParser
import Extension
import Standards

/// `yiciban calendar import FILE`
struct ImportCalendar: KernelCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "导入或更正某年的节假日安排，并重新计算在办件的期限",
        discussion: """
            文件格式为 cn-gov-calendar/1（JSON）：
              years：全年的安排；没有列出的日子按周一至周五计，
                原来的安排会整年换掉
              amendments：只更正已有年份的个别日子，写
                addOffDays、removeOffDays、
                addAdjustedWorkdays、removeAdjustedWorkdays
            导入前会逐日列出变化和受影响的在办件数。
            更正已有的年份须加 --yes；只看不改用 --dry-run。
            """)

    @Argument(help: "日历文件", completion: .file(extensions: ["json"]))
    var file: String

    @Flag(name: .long, help: "确认更正已有的年份")
    var yes = false

    @Flag(name: .long, help: "只列出会有哪些变化，不导入")
    var dryRun = false

    @Flag(name: .long, help: "全年工作日数不合常理也照样导入")
    var force = false

    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws {
        let bytes = try LocalFile.read(file, limit: 4 << 20).bytes
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw Problem(422, "input.not_utf8", "文件读不懂", "\(file) 不是 UTF-8 文本，请另存为 UTF-8 后再导入。")
        }
        let service = try context.services(CaseworkService.self)
        let years = try CalendarYear.importing(json: text, amending: try await service.calendar())
        let act = try await context.act(common.account)
        let output = context.output
        let proposal = try await service.proposal(years, by: act) { count in
            if !output.isJSON, count.isMultiple(of: 10_000) { output.print("已试算 \(count) 件…", json: nil) }
        }
        if dryRun { return output.print(proposal.text, json: proposal.json) }
        try check(proposal)
        if !output.isJSON { output.print(proposal.text, json: nil) }
        let changed = try await service.importCalendar(years, by: act) { count in
            if !output.isJSON, count > 0 { output.print("已重新计算 \(count) 件…", json: nil) }
        }
        output.print(
            "已导入 \(years.map { "\($0.year)" }.joined(separator: "、")) 年，\(changed) 件在办件的期限有变化。",
            json: [
                "years": .array(years.map { .integer(Int64($0.year)) }), "changed_cases": .integer(Int64(changed)),
            ])
    }

    private func check(_ proposal: CalendarProposal) throws {
        let usual = CalendarYear.plausibleWorkingDays
        if !force, !proposal.implausible.isEmpty {
            let list = proposal.implausible.map { "\($0.year.year) 年 \($0.workingDaysAfter) 个" }.joined(separator: "、")
            throw ValidationError(
                """
                \(proposal.text)
                工作日数不合常理：\(list)，历年都在 \(usual.lowerBound) 到 \(usual.upperBound) 个之间。没有导入。
                years 里要写全年的安排；只改个别日子请用 amendments。确实无误的，请加上 --force。
                """)
        }
        if !yes, proposal.changes.contains(where: { $0.isCorrection && !$0.isEmpty }) {
            throw ValidationError("\(proposal.text)\n没有导入。已有年份的安排会按上面所列更正；确认无误，请加上 --yes。")
        }
    }
}

extension CalendarProposal {
    /// The days and cases that would change, for people.
    fileprivate var text: String {
        (changes.flatMap { change -> [String] in
            let before = change.isCorrection ? "\(change.workingDaysBefore)" : "未公布，暂计 \(change.workingDaysBefore)"
            let days: [(String, [LegalDay])] = [
                ("新增放假", change.addedOffDays), ("取消放假", change.removedOffDays),
                ("新增调休上班", change.addedAdjustedWorkdays), ("取消调休上班", change.removedAdjustedWorkdays),
            ]
            return ["\(change.year.year) 年：工作日 \(before) → \(change.workingDaysAfter) 个"]
                + (change.isEmpty ? ["  各天都没有变化"] : [])
                + days.filter { !$0.1.isEmpty }.map { kind, days in
                    "  \(kind) \(days.count) 天：\(days.map(\.text).joined(separator: "、"))"
                }
        } + ["在办件 \(open) 件，其中 \(moved) 件的期限会变。"]).joined(separator: "\n")
    }

    fileprivate var json: JSONValue {
        func list(_ days: [LegalDay]) -> JSONValue { .array(days.map { .string($0.text) }) }
        return [
            "open_cases": .integer(Int64(open)), "changed_cases": .integer(Int64(moved)),
            "years": .array(
                changes.map { change in
                    [
                        "year": .integer(Int64(change.year.year)), "is_correction": .bool(change.isCorrection),
                        "is_plausible": .bool(!implausible.contains(change)),
                        "working_days_before": .integer(Int64(change.workingDaysBefore)),
                        "working_days_after": .integer(Int64(change.workingDaysAfter)),
                        "added_off_days": list(change.addedOffDays), "removed_off_days": list(change.removedOffDays),
                        "added_adjusted_workdays": list(change.addedAdjustedWorkdays),
                        "removed_adjusted_workdays": list(change.removedAdjustedWorkdays),
                    ]
                }),
        ]
    }
}
