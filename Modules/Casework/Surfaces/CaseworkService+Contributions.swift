public import Extension

extension CaseworkService {
    public var contributions: [any Contribution] {
        applicantEndpoints + consentEndpoints + evidenceEndpoints + clerkEndpoints + officerEndpoints + batchEndpoints
            + supervisionEndpoints + paperEndpoints + deliveryEndpoints + notices + paymentSubscriptions + reminders
            + health + staffing
            + [
                store.audit, Permission.acceptCases, Permission.decideItems, Permission.superviseCases,
                Permission.manageCalendar,
                Job("deemed-acceptance", every: .seconds(600)) { act in _ = try await deemAccepted(by: act) },
                figuring,
            ]
    }
}
