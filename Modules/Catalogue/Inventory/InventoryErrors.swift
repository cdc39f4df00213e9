import Documents
import Extension

extension CatalogueError {
    /// Does something with a file; what is wrong with the file is told as an error of the catalogue.
    static func ofFile<Value>(_ body: () throws -> Value) throws -> Value {
        do { return try body() } catch let error as DocumentsError { throw Self.file(error) }
    }

    static func file(_ error: DocumentsError) -> CatalogueError {
        CatalogueError(code: error.code.rawValue, status: 422, title: "文件处理不了", message: error.message)
    }

    static func unreadableHeading(_ findings: [Finding]) -> CatalogueError {
        CatalogueError(
            code: "catalogue.import_heading", status: 422, title: "表头读不懂",
            message: "第一行应是表头。可以用 yiciban item template 生成一份空表对照。", findings: findings)
    }

    static let emptyTable = CatalogueError(
        code: "catalogue.import_empty", status: 422, title: "没有内容", message: "文件里没有一行事项，请检查是不是选错了文件或工作表。")

    static func itemNotFound(_ code: String) -> CatalogueError {
        CatalogueError(code: "catalogue.item_not_found", status: 404, message: "没有找到编码为 \(code) 的事项，请核对编码后重试。")
    }

    static func batchNotFound(_ id: String) -> CatalogueError {
        CatalogueError(code: "catalogue.batch_not_found", status: 404, message: "没有找到编号为 \(id) 的目录调整，请核对编号后重试。")
    }

    static func wrongBatchState(_ state: ItemBatch.State, for action: String) -> CatalogueError {
        CatalogueError(
            code: "catalogue.wrong_state", status: 409, title: "现在不能这样办",
            message: "这次目录调整处于“\(state.chinese)”，不能\(action)。请刷新后查看最新进展。")
    }

    static let sameReviewer = CatalogueError(
        code: "catalogue.same_reviewer", status: 403, title: "须由另一人办理",
        message: "编制、部门审核、合法性审核、批准须由不同的人办理。您已经办过其中一步，请交给其他有权限的人。")

    static let nothingToChange = CatalogueError(
        code: "catalogue.batch_empty", status: 422, title: "没有内容", message: "这次目录调整里没有任何变化，不需要送审。")

    static func incomplete(_ findings: [Finding], count: Int) -> CatalogueError {
        CatalogueError(
            code: "catalogue.incomplete", status: 422, title: "要素不全，不能送审",
            message: "有 \(count) 个事项的要素没有填全。请补齐后再送审。", findings: findings)
    }

    static func againstRules(_ findings: [Finding]) -> CatalogueError {
        CatalogueError(
            code: "catalogue.against_rules", status: 422, title: "不合规定，不能送审或发布",
            message: "有 \(findings.count) 处不合规定。请改正后再办。", findings: findings)
    }

    static func effectiveInThePast(_ day: String) -> CatalogueError {
        CatalogueError(
            code: "catalogue.effective_past", status: 422, title: "生效日期已过",
            message: "生效日期 \(day) 早于今天。已经发布的内容不能倒签，请改为今天或以后。")
    }

    static func changedMeanwhile(_ codes: [String]) -> CatalogueError {
        CatalogueError(
            code: "catalogue.changed_meanwhile", status: 409, title: "事项已被另一次调整改过",
            message: "这次调整编制以后，有事项已被另一次调整改过，照原样发布会把那次的改动冲掉。请退回，在这次调整里打开这些事项核对后重新保存，或者重新导入清单。",
            findings: codes.map { Finding($0, "catalogue.changed_meanwhile", "事项 \($0) 已有新的版本。") })
    }

    static func scheduledAlready(_ codes: [String]) -> CatalogueError {
        CatalogueError(
            code: "catalogue.scheduled_already", status: 409, title: "另有待生效的版本",
            message: "有事项已经排定了更晚生效的版本，请改一个更晚的生效日期。",
            findings: codes.prefix(50).map { Finding($0, "catalogue.scheduled_already", "事项 \($0) 已有更晚生效的版本。") })
    }
}
