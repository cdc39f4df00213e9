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
            let queue = try await services.casework.acceptanceQueue(naming: false, limit: Self.limit, by: request.act)
            counts.append(tile("等待受理", queue, url: "/staff/acceptance", note: "五个工作日内要受理或一次告知补正"))
        }
        if request.actor.holds(.decideItems) {
            let open = try await services.casework.worklist(naming: false, limit: Self.limit, by: request.act)
            let urgent = open.items.filter { ($0.daysLeft ?? 1) <= 0 }.count
            counts.append(
                tile("待办事项", open, url: "/staff/tasks", note: urgent > 0 ? "今天到期或已超期 \(urgent) 件" : "先到期的在前"))
            let reviews = try await services.casework.reviews(naming: false, limit: Self.limit, by: request.act)
            counts.append(tile("受理前预审", reviews, url: "/staff/reviews", note: "窗口受理前，有问题现在提"))
            let paused = try await services.casework.worklist(
                state: .paused, naming: false, limit: Self.limit, by: request.act)
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
        let seesUnowned = request.actor.holds(IdentityService.manageStaff) || request.actor.holds(.superviseCases)
        let unowned = seesUnowned ? try await services.casework.unownedWork(by: request.act) : []
        if request.actor.holds(.acceptCases) {
            let results = try await services.casework.deliveries(.collect, limit: Self.limit, by: request.act)
            counts.append(tile("待领取的结果", results, url: "/staff/deliveries?list=collect", note: "核对身份证，签名后交给本人"))
        }
        if request.actor.holds(MessagingService.deliver) {
            for (list, state, note) in [
                (DeliveryDeskPages.List.paper, Delivery.State.toPrint, "打印、寄出或者当面交给"),
                (.undelivered, .undelivered, "没有办法找到本人的通知，一条也不能漏"),
            ] {
                let count = try await services.messaging.count(state, upTo: Self.limit + 1, by: request.act)
                counts.append(
                    .record([
                        "label": list.title, "count": count > Self.limit ? "\(Self.limit)+" : "\(count)",
                        "url": "/staff/deliveries?list=\(list.rawValue)", "note": note,
                    ]))
            }
        }
        return .render(
            .named("staff-home"),
            .record([
                "pageTitle": "工作台", "department": post.agencyName, "officer": request.actor.displayName,
                "hasCounts": !counts.isEmpty || seesUnowned, "counts": counts,
                "hasUnowned": !unowned.isEmpty, "unowned": unowned.prefix(8).map(\.text),
                "links":
                    link(
                        "登", "批量登记", "部门系统办好的结果，一次登记多件", "/staff/results",
                        if: request.actor.holds(.decideItems))
                    + link(
                        "人", "人员管理", "岗位、请假替岗、离岗交接", PeoplePages.path,
                        if: request.actor.holds(IdentityService.manageStaff))
                    + link(
                        "号", "叫号", "大厅排队、预约报到", HallDeskPages.path,
                        if: request.actor.holds(HallService.serve) || request.actor.holds(HallService.manage))
                    + link("岗", "切换岗位", "现在是\(post.agencyName)", "/acting", if: hasSeveralPosts)
                    + link("指", "办事指南", "现行的一件事和事项", "/themes")
                    + link("系", "用这个账号登录的系统", "看看告诉了谁，可以收回", "/my/applications")
                    + link("验", "二次验证", "登录时再填手机验证器上的数字", SecondFactorPages.path)
                    + link("钥", "通行密钥", "按指纹、刷脸或输锁屏密码登录", PasskeyPages.path)
                    + link("密", "修改密码", "定期更换，不要告诉别人", "/my/password"),
            ]))
    }

    private func link(
        _ glyph: String, _ title: String, _ note: String, _ url: String, if isShown: Bool = true
    ) -> [ViewModel] {
        isShown ? [.record(["glyph": glyph, "title": title, "note": note, "url": url])] : []
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
        let urgency =
            state == ItemState.paused.rawValue || state == ItemState.unpaid.rawValue
            ? (badge: "made", label: "暂停计时") : ShownText.urgency(daysLeft: daysLeft)
        return .record([
            "whose": [subject, applicant.map { "申请人 \($0)" }].compactMap(\.self).joined(separator: "，"),
            "fullNumber": number, "number": ShownText.parts(ofNumber: number), "url": url, "theme": title,
            "item": itemTitle,
            "due": due?.chineseDate ?? "", "badgeClass": urgency.badge, "dueLabel": urgency.label,
        ])
    }
}
