public import Extension

/// Why something can't be done with a theme's draft.
public struct ThemeEditingError: ProblemConvertible, Sendable, Equatable, CustomStringConvertible {
    /// A stable code.
    public let code: String
    public let status: Int
    /// A short title in Chinese.
    public let title: String
    public let message: String
    public let findings: [Finding]

    init(code: String, status: Int, title: String, message: String, findings: [Finding] = []) {
        self.code = code
        self.status = status
        self.title = title
        self.message = message
        self.findings = findings
    }

    public var problem: Problem { Problem(status, code, title, message, findings: findings) }
    public var description: String { "\(message)[\(code)]" }
}

extension ThemeEditingError {
    static func unknownTheme(_ id: String) -> ThemeEditingError {
        ThemeEditingError(
            code: "themes.not_found", status: 404, title: "没有找到", message: "没有名为 \(id) 的主题，请回到主题列表重新选择。")
    }

    static func noDraft(_ id: String) -> ThemeEditingError {
        ThemeEditingError(
            code: "themes.no_draft", status: 404, title: "没有草稿",
            message: "主题 \(id) 现在没有草稿，可能已经发布或作废。请回到主题页面查看。")
    }

    static func exists(_ id: String) -> ThemeEditingError {
        ThemeEditingError(
            code: "themes.exists", status: 422, title: "已经有了", message: "已经有名为 \(id) 的主题，请换一个 id，或直接修改它。",
            findings: [Finding("id", "themes.exists", "已经有名为 \(id) 的主题，请换一个 id，或直接修改它。")])
    }

    static let draftExists = ThemeEditingError(
        code: "themes.draft_exists", status: 409, title: "已经有草稿",
        message: "这个主题已经有一份草稿。请在那份草稿上修改；不要它的内容时，先作废再重新开始。")

    static let changedMeanwhile = ThemeEditingError(
        code: "themes.draft_changed", status: 409, title: "草稿刚刚被别人改过",
        message: "您打开页面以后，草稿又被改过，您这次填写的内容没有存入。请对照两边的差别后重新修改。")

    static func wrongState(_ state: ThemeDraft.State, for action: String) -> ThemeEditingError {
        ThemeEditingError(
            code: "themes.wrong_state", status: 409, title: "现在不能这样办",
            message: "这份草稿处于“\(state.chinese)”，不能\(action)。请刷新后查看最新进展。")
    }

    static let sameHands = ThemeEditingError(
        code: "themes.same_hands", status: 403, title: "须由另一人办理",
        message: "修改和批准须由不同的人办理。您改过这份草稿，请交给其他有权限的人批准。")

    static let nothingChanged = ThemeEditingError(
        code: "themes.nothing_changed", status: 422, title: "没有变化", message: "草稿和现行版本一样，不需要送审。")

    static func faulty(_ findings: [Finding]) -> ThemeEditingError {
        ThemeEditingError(
            code: "themes.faulty", status: 422, title: "还有问题没有改好",
            message: "草稿还有 \(findings.count) 处问题，请全部改好后再办。", findings: findings)
    }

    static func baseMoved(_ place: String) -> ThemeEditingError {
        ThemeEditingError(
            code: "themes.base_moved", status: 409, title: "现行版本已经变了",
            message: "开始修改以后，\(place) 里的文件又被改过，直接发布会盖掉那些改动。请核对“和现行版本的差别”，"
                + "确认以草稿为准后再发布，或退回修改。")
    }

    static func disabled(_ id: String) -> ThemeEditingError {
        ThemeEditingError(
            code: "themes.disabled", status: 422, title: "主题没有启用",
            message: "settings.yaml 的 themes.enabled 没有列出 \(id)，发布后也不会对外提供。请管理员先把它列入，再来发布。")
    }

    static func notApplied(_ id: String) -> ThemeEditingError {
        ThemeEditingError(
            code: "themes.not_applied", status: 422, title: "没有发布成功",
            message: "系统没有采用主题 \(id) 的新版本，已恢复原来的文件，现行版本不变。请查看日志里 theme not applied 的说明，改好后再发布。")
    }

    static func unwritable(_ place: String) -> ThemeEditingError {
        ThemeEditingError(
            code: "themes.unwritable", status: 503, title: "主题文件夹写不进去",
            message: "写不进 \(place)，没有发布，现行版本不变。请管理员检查这个文件夹的权限和磁盘空间。")
    }

    static func unknownVersion(_ number: Int) -> ThemeEditingError {
        ThemeEditingError(
            code: "themes.version_not_found", status: 404, title: "没有找到", message: "没有第 \(number) 次发布的记录，请刷新后重新选择。")
    }

    static func badFile(_ message: String) -> ThemeEditingError {
        ThemeEditingError(
            code: "themes.file", status: 422, title: "文件不能这样写", message: message,
            findings: [Finding("file", "themes.file", message)])
    }
}
