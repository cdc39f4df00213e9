import Extension
import Standards

extension ItemColumn {
    /// The columns of what is asked, done and paid.
    static let elements: [ItemColumn] = [
        .text("conditions", "受理条件", ["accept_condition", "许可条件", "办理条件"]) { $0.conditions },
        ItemColumn(
            "materials", "申请材料", ["materials", "材料"], read: materials,
            write: { item in
                item.needsNoMaterials
                    ? "无"
                    : CellList.cell(
                        item.materials.map {
                            [
                                $0.title, $0.form ?? "", "\($0.copies)", $0.isRequired ? "必要" : "非必要", $0.source ?? "",
                                $0.basis ?? "",
                            ]
                        })
            }),
        ItemColumn(
            "steps", "办理流程", ["handle_flow", "办理环节"], read: steps,
            write: { item in
                CellList.cell(item.steps.map { [$0.title, $0.kind.rawValue, $0.limit?.chinese ?? ""] })
            }),
        ItemColumn(
            "is_free", "是否收费", ["is_fee"], read: charging,
            write: { item in
                item.isFree ? "否" : item.fees.isEmpty ? "" : "是"
            }),
        ItemColumn(
            "fees", "收费标准", ["fee_stand", "收费项目"], read: fees,
            write: { item in
                CellList.cell(item.fees.map { [$0.title, $0.tariff, $0.basis ?? "", $0.reductions ?? ""] })
            }),
    ]

    @Sendable private static func materials(_ cell: String) -> Cell {
        if ["无", "无需提交材料", "无需材料"].contains(cell) { return .fields(["needs_no_materials": true]) }
        var list: [JSONValue] = []
        for line in CellList.lines(cell) {
            let copies = line.part(2).replacing("份", with: "")
            guard copies.isEmpty || Int64(copies) != nil else {
                return .fault("材料“\(line.part(0))”的份数“\(line.part(2))”应是数字。写法：名称｜形式｜份数｜必要或非必要｜来源｜依据。")
            }
            let needed = line.part(3)
            guard needed.isEmpty || CellList.yes(needed) != nil else {
                return .fault("材料“\(line.part(0))”的必要性“\(needed)”应写“必要”或“非必要”。")
            }
            list.append(
                CellList.object([
                    ("title", .string(line.part(0))), ("form", .string(line.part(1))),
                    ("copies", Int64(copies).map(JSONValue.integer)),
                    ("is_required", CellList.yes(needed).map(JSONValue.bool)), ("source", .string(line.part(4))),
                    ("basis", .string(line.part(5))),
                ]))
        }
        return .fields(["materials": .array(list)])
    }

    @Sendable private static func steps(_ cell: String) -> Cell {
        let kinds = Set(ItemStep.Kind.allCases.map(\.rawValue))
        // A plain text such as 受理→审查→决定 is a list of steps too.
        let lines = CellList.lines(cell).flatMap { line in
            line.count > 1
                ? [line]
                : line.part(0).split { "→＞>-—、".contains($0) }.map { [String($0.filter { !$0.isWhitespace })] }
        }
        return .fields([
            "steps": .array(
                lines.map { line in
                    let known = kinds.first { line.part(0).contains($0) }
                    let kind = line.part(1).isEmpty ? known ?? ItemStep.Kind.examination.rawValue : line.part(1)
                    return CellList.object([
                        ("title", .string(line.part(0))), ("kind", .string(kind)), ("limit", .string(line.part(2))),
                    ])
                })
        ])
    }

    @Sendable private static func charging(_ cell: String) -> Cell {
        guard let isCharged = CellList.yes(cell) else { return .fault("是否收费应写“是”或“否”。") }
        return .fields(["is_free": .bool(!isCharged)])
    }

    @Sendable private static func fees(_ cell: String) -> Cell {
        if ["无", "不收费", "免费", "0"].contains(cell) { return .fields(["is_free": true]) }
        return .fields([
            "fees": .array(
                CellList.lines(cell).map { line in
                    // One part alone is the tariff of the only fee.
                    let isBare = line.count == 1
                    return CellList.object([
                        ("title", .string(isBare ? "收费" : line.part(0))),
                        ("tariff", .string(isBare ? line.part(0) : line.part(1))), ("basis", .string(line.part(2))),
                        ("reductions", .string(line.part(3))),
                    ])
                })
        ])
    }
}
