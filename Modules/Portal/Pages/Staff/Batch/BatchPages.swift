import PluginKit

/// Entering many results of a department's own system at once: pasted from a spreadsheet, or as a file.
struct BatchPages: PageGroup {
    let services: PortalServices

    private var desk: BatchDesk { BatchDesk(services: services) }

    var pages: [Page] {
        let access = Access.staff(.decideItems)
        return [
            Page("/staff/results", access: access, menu: "批量登记") { request in
                let targets = try await desk.targets(request)
                if targets.count == 1 { return .redirect(targets[0].url) }
                return .render(.named("results"), BatchModel.choice(targets, agency: request.actor.post?.agencyName))
            },
            Page("/staff/results/{theme}/{item}", access: access) { request in
                let target = try await desk.target(request)
                return .render(.named("results"), BatchModel(target: target).page)
            },
            Page("/staff/results/{theme}/{item}/sheet", access: access) { request in
                .file(try await desk.template(try await desk.target(request), by: request.act), inline: false)
            },
            Page(post: "/staff/results/{theme}/{item}", access: access) { request in try await enter(request) },
        ]
    }

    private func enter(_ request: PageRequest) async throws -> PageReply {
        let target = try await desk.target(request)
        // What was typed is shown again as it is, whatever is wrong with it.
        var model = BatchModel(target: target, typed: request.form["rows"]?.last ?? "")
        do {
            if let file = request.files["file"]?.last { model.typed = try SheetText.text(of: file) }
            let run = try await BatchRun.enter(
                model.typed, into: ResultSheet(target.item), services.casework, by: request.act)
            model.typed = run.rest
            model.run = run
            return .render(
                .named("results"), model.page, status: run.failed.count == run.lines.count ? 422 : 200)
        } catch {
            guard let feedback = FormFeedback(error) else { throw error }
            model.feedback = feedback
            return .render(.named("results"), model.page, status: feedback.status)
        }
    }
}
