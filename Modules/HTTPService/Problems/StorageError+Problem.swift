import PluginKit

/// How a fault of the database is told to a caller; its own words stay in the log.
extension StorageError {
    var problem: Problem {
        switch code {
        case .diskFull: Problem(507, code.rawValue, "存储空间不足", message)
        case .readOnly: Problem(503, code.rawValue, "暂时不能办理", message)
        case .busy, .conflict, .connection:
            Problem(503, code.rawValue, "系统繁忙", "系统正忙，没有办理成功。请稍等片刻再试。")
        case .uniqueViolation: Problem(409, code.rawValue, "已经存在", message)
        case .staleVersion: Problem(412, code.rawValue, "内容已被更新", message)
        case .unrecordedAnswer: Problem(409, code.rawValue, "请求已受理", message)
        case .identifier: Problem(404, code.rawValue, "没有找到", message)
        case .nulCharacter: Problem(422, code.rawValue, "填写的内容有误", message)
        case .blobRefused: Problem(422, code.rawValue, "文件不符合要求", message)
        default: .internalFault
        }
    }
}
