import Catalogue
import Extension
import Standards
import Storage

extension CaseworkService {
    /// What a window clerk does.
    var clerkEndpoints: [any Contribution] {
        [
            Endpoint(.get, "acceptance", summary: "本窗口的办件，先到期的在前；不写状态为待受理的", access: .staff(.acceptCases)) {
                (input: QueueInput, call) in
                try await acceptanceQueue(
                    state: input.state, theme: input.theme, after: input.after, limit: input.limit, by: call.act)
            },
            Endpoint(
                .post, "cases/{id}/acceptance", summary: "受理", access: .staff(.acceptCases),
                problems: ["casework.wrong_state", "casework.stale_version"]
            ) { (input: CasePath, call) in
                try await call.commit(to: database) { transaction in
                    try view(
                        try accept(input.id, expected: call.expectedVersion, by: call.act, in: transaction), call.act,
                        transaction)
                }
            },
            Endpoint(
                .post, "cases/{id}/corrections", summary: "一次性告知需要补正的全部内容", access: .staff(.acceptCases),
                status: 201, problems: ["casework.second_notice", "casework.nothing_to_correct"]
            ) { (input: CorrectionInput, call) in
                try await call.commit(to: database, status: 201) { transaction in
                    try view(
                        try requestCorrection(
                            input.id, faults: input.faults.map(\.fault),
                            expected: call.expectedVersion, by: call.act, in: transaction), call.act, transaction)
                }
            },
            Endpoint(.post, "cases/{id}/non-acceptance", summary: "不予受理", access: .staff(.acceptCases)) {
                (input: ReasonInput, call) in
                try await call.commit(to: database) { transaction in
                    try view(
                        try refuseAcceptance(
                            input.id, reason: input.reason, competentAgency: input.competentAgency,
                            expected: call.expectedVersion, by: call.act, in: transaction), call.act, transaction)
                }
            },
            Endpoint(
                .post, "cases/{id}/department-faults/{number}/setting-aside", summary: "不采纳一条部门意见，写明理由",
                access: .staff(.acceptCases), problems: ["casework.wrong_state"]
            ) { (input: SetAsideInput, call) in
                try await call.commit(to: database) { transaction in
                    try view(
                        try setAsideFault(
                            input.number, of: input.id, reason: input.reason, expected: call.expectedVersion,
                            by: call.act, in: transaction), call.act, transaction)
                }
            },
            Endpoint(.post, "cases/{id}/termination", summary: "终止办理，限于法定情形", access: .staff(.acceptCases)) {
                (input: TerminationInput, call) in
                try await call.commit(to: database) { transaction in
                    try view(
                        try terminate(
                            input.id, on: input.ground, reason: input.reason, expected: call.expectedVersion,
                            by: call.act, in: transaction), call.act, transaction)
                }
            },
        ]
    }

    /// What a department's officer does.
    var officerEndpoints: [any Contribution] {
        [
            Endpoint(.get, "tasks", summary: "本单位承办的事项，先到期的在前", access: .staff(.decideItems)) {
                (input: ListInput, call) in
                try await worklist(
                    state: input.state, theme: input.theme, after: input.after, limit: input.limit, by: call.act)
            },
            Endpoint(
                .get, "tasks/reviews", summary: "窗口还没有受理的办件中本单位的事项，先到期的在前；有问题现在提出", access: .staff(.decideItems)
            ) { (input: PageInput, call) in
                try await reviews(theme: input.theme, after: input.after, limit: input.limit, by: call.act)
            },
            Endpoint(
                .post, "cases/{id}/items/{item}/grant", summary: "准予，并出具结果", access: .staff(.decideItems),
                problems: ["casework.duty_separation", "casework.gap_open", "casework.wrong_state"]
            ) { (input: GrantInput, call) in
                try await call.commit(to: database) { transaction in
                    try view(
                        try grant(
                            input.item, of: input.id, values: input.results, expected: call.expectedVersion,
                            by: call.act, in: transaction), call.act, transaction)
                }
            },
            Endpoint(
                upload: .put, "cases/{id}/items/{item}/results/{result}/original",
                summary: "登记外部系统所颁发结果的原件", access: .staff(.decideItems), problems: ["storage.blob_refused"]
            ) { (input: OriginalPath, file, call) in
                let prepared = try prepare(file, by: call.act)
                return try await call.commit(to: database, status: 201) { transaction in
                    try view(
                        try recordOriginal(
                            prepared, of: input.result, item: input.item, of: input.id, by: call.act,
                            in: transaction), call.act, transaction)
                }
            },
            Endpoint(
                .post, "cases/{id}/items/{item}/refusal", summary: "不予批准", access: .staff(.decideItems)
            ) { (input: RefuseInput, call) in
                try await call.commit(to: database) { transaction in
                    try view(
                        try refuse(
                            input.item, of: input.id, reason: input.reason, remedy: input.remedy,
                            expected: call.expectedVersion, by: call.act, in: transaction), call.act, transaction)
                }
            },
            Endpoint(.post, "cases/{id}/items/{item}/pause", summary: "启动特殊程序", access: .staff(.decideItems)) {
                (input: PauseInput, call) in
                try await call.commit(to: database) { transaction in
                    try view(
                        try pause(
                            input.item, of: input.id, for: input.procedure, reason: input.reason,
                            expectedDays: input.expectedDays, expected: call.expectedVersion, by: call.act,
                            in: transaction), call.act, transaction)
                }
            },
            Endpoint(.post, "cases/{id}/items/{item}/resumption", summary: "结束特殊程序", access: .staff(.decideItems)) {
                (input: ItemPath, call) in
                try await call.commit(to: database) { transaction in
                    try view(
                        try resume(
                            input.item, of: input.id, expected: call.expectedVersion, by: call.act, in: transaction),
                        call.act, transaction)
                }
            },
            Endpoint(.post, "cases/{id}/items/{item}/faults", summary: "受理前提出补正意见", access: .staff(.decideItems)) {
                (input: ItemFaultInput, call) in
                try await call.commit(to: database) { transaction in
                    try view(
                        try nameFault(
                            Fault(target: input.target, text: input.text, repeats: input.repeats), item: input.item,
                            of: input.id, by: call.act, in: transaction), call.act, transaction)
                }
            },
            Endpoint(
                .put, "cases/{id}/items/{item}/outside-number", summary: "登记部门系统的办件号", access: .staff(.decideItems)
            ) { (input: OutsideNumberInput, call) in
                try await call.commit(to: database) { transaction in
                    try view(
                        try recordOutsideNumber(
                            input.number, item: input.item, of: input.id, by: call.act, in: transaction), call.act,
                        transaction)
                }
            },
        ]
    }
}
