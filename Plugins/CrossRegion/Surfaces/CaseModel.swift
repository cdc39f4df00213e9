import PluginKit

/// What the page of a case shows, and what whoever looks may do next.
struct CaseModel {
    let value: CrossCase
    let view: CaseView
    let actor: Actor
    let partner: String

    private var isStaff: Bool { actor.kind == .staff }

    func model(_ findings: [Finding]) -> ViewModel {
        let document = value.document
        let isCollecting = value.side == .collects
        let canDecide = isStaff && !isCollecting
        let canSupplement = isCollecting && value.state == .correcting
        return [
            "pageTitle": .text(value.title), "title": .text(value.title), "state": .text(value.state.rawValue),
            "badge": .text(value.state.badge), "mode": .text(value.mode.rawValue), "isStaff": .flag(isStaff),
            "from": .text(isCollecting ? "本地" : partner), "to": .text(isCollecting ? partner : "本地"),
            "number": .text(value.bundle.text), "filed": .text(value.filedAt.chinaTime),
            "due": .text(value.dueOn.map { "\($0.chinese)，按办理地的工作日计算" } ?? ""),
            "name": .text(document.name), "idNumber": .text(document.idNumber), "phone": .text(document.phone),
            "note": .text(document.note), "others": .list(document.others.map { .text($0) }),
            "hasOthers": .flag(!document.others.isEmpty),
            "corrections": .list(document.corrections.map { .text($0) }),
            "hasCorrections": .flag(value.state == .correcting),
            "supplements": .list(document.supplements.filter { !$0.isEmpty }.map { .text($0) }),
            "hasSupplements": .flag(document.supplements.contains { !$0.isEmpty }),
            "decision": .text(document.decision), "decidedBy": .text(document.decidedBy),
            "returned": .text(document.returned), "papers": papers(view.papers),
            "hasPapers": .flag(!view.papers.isEmpty),
            "files": papers(view.files), "hasFiles": .flag(!view.files.isEmpty), "custody": custody,
            "hasCustody": .flag(!document.custody.isEmpty), "moves": moves,
            "hasMoves": .flag(isStaff && !nextMoves.isEmpty),
            "canAccept": .flag(canDecide && value.state == .filed),
            "canDecide": .flag(canDecide && [.filed, .accepted].contains(value.state)),
            "canGrant": .flag(value.state == .accepted), "canSupplement": .flag(canSupplement),
            "action": .text("/cross-region/cases/\(value.id.text)"),
            "errorSummary": FindingSummary.handling.model(findings),
            "back": back,
        ]
    }

    private var back: ViewModel {
        guard isStaff else { return ["label": "返回我的跨域办件", "url": "/cross-region/mine"] }
        return value.side == .collects
            ? ["label": "返回外地代收", "url": "/cross-region/collect"]
            : ["label": "返回跨域办件", "url": "/cross-region/inbox"]
    }

    private func papers(_ list: [PaperView]) -> ViewModel {
        .list(
            list.map { paper in
                let url = "/cross-region/cases/\(value.id.text)/papers/\(paper.slot)"
                return [
                    "name": .text(paper.name), "url": .text(paper.isHere ? url : ""),
                    "size": .text("\(max(1, paper.size / 1024)) KB"),
                ]
            })
    }

    private var custody: ViewModel {
        .list(
            value.document.custody.map { step in
                let place = step.side == .collects ? "受理地" : "办理地"
                let courier = step.tracking.isEmpty ? "" : "，\(step.courier) \(step.tracking)"
                return [
                    "text": .text("\(place)\(step.step.rawValue)\(step.thing.rawValue)\(courier)"),
                    "note": .text(step.note), "at": .text(step.at.chinaTime),
                ]
            })
    }

    /// What may be done next with the originals and the result, from here.
    private var nextMoves: [(CustodyStep.Thing, CustodyStep.Step)] {
        CustodyStep.Thing.allCases.flatMap { thing in
            CustodyStep.Step.allCases.filter {
                CustodyStep.obstacle($0, of: thing, by: value.side, after: value.document.custody, in: value.state)
                    == nil
            }.map { (thing, $0) }
        }
    }

    private var moves: ViewModel {
        .list(
            nextMoves.map { thing, step in
                [
                    "thing": .text(thing.rawValue), "step": .text(step.rawValue), "sends": .flag(step == .send),
                    "id": .text(
                        "\(thing == .result ? "result" : "originals")-\(CustodyStep.Step.allCases.firstIndex(of: step) ?? 0)"
                    ),
                    "label": .text("\(step.rawValue)\(thing.rawValue)"),
                ]
            })
    }
}
