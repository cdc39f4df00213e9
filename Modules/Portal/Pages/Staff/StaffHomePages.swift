import PluginKit

/// The desk of a member of staff.
struct StaffHomePages: PageGroup {
    /// How far the desk counts; beyond that it says "more than", so that no desk costs more than a page of its list.
    private static let limit = 100

    let services: PortalServices

    var pages: [Page] {
        [Page("/staff", access: .signedIn) { request in try await desk(request) }]
    }

    private func desk(_ request: PageRequest) async throws -> PageReply {
        guard let post = request.actor.post else { return .redirect("/") }
        var counts: [ViewModel] = []
        let hasSeveralPosts = try await services.posts(of: request.actor, on: request.act.now.day).count > 1
        if request.actor.holds(.acceptCases) {
            let queue = try await services.casework.acceptanceQueue(limit: Self.limit, by: request.act)
            counts.append(tile("等待受理", queue, url: "/staff/acceptance", note: "五个工作日内要受理或一次告知补正"))
        }
        if request.actor.holds(.decideItems) {
            let open = try await services.casework.worklist(limit: Self.limit, by: request.act)
            let urgent = open.items.filter { ($0.daysLeft ?? 1) <= 0 }.count
            counts.append(
                tile("待办事项", open, url: "/staff/tasks", note: urgent > 0 ? "今天到期或已超期 \(urgent) 件" : "先到期的在前"))
            let paused = try await services.casework.worklist(state: .paused, limit: Self.limit, by: request.act)
            counts.append(tile("特殊程序中", paused, url: "/staff/tasks?state=paused", note: "不计入办理时限"))
        }
        if request.actor.holds(.superviseCases) {
            let cases = try await services.casework.supervised(limit: Self.limit, by: request.act)
            let overdue = cases.items.filter { ($0.daysLeft ?? 0) < 0 }.count
            counts.append(
                tile(
                    "本区划在办", cases, url: "/staff/supervision",
                    note: overdue > 0 ? "其中已超期 \(overdue) 件" : "只能查看，每次查看都有记录"))
        }
        return .render(
            .named("staff-home"),
            .record([
                "pageTitle": "工作台", "department": post.agencyName, "officer": request.actor.displayName,
                "hasCounts": !counts.isEmpty, "counts": counts,
                "links":
                    (hasSeveralPosts
                    ? [
                        ViewModel.record([
                            "glyph": "岗", "title": "切换岗位", "note": "现在是\(post.agencyName)", "url": "/acting",
                        ])
                    ] : []) + [
                        ViewModel.record(["glyph": "指", "title": "办事指南", "note": "现行的一件事和事项", "url": "/themes"]),
                        ViewModel.record(["glyph": "密", "title": "修改密码", "note": "定期更换，不要告诉别人", "url": "/my/password"]),
                    ],
            ]))
    }

    private func tile(_ label: String, _ page: CursorPage<some SchemaType>, url: String, note: String) -> ViewModel {
        .record([
            "label": label, "count": page.next == nil ? "\(page.items.count)" : "\(page.items.count)+", "url": url,
            "note": note,
        ])
    }
}

extension WorkItem {
    /// A line of a list.
    func line(url: String) -> ViewModel {
        let urgency = ShownText.urgency(daysLeft: daysLeft)
        return .record([
            "number": number, "url": url, "theme": title, "item": itemTitle, "stage": stateText,
            "due": due?.chineseDate ?? "", "badgeClass": urgency.badge, "dueLabel": urgency.label,
        ])
    }
}
