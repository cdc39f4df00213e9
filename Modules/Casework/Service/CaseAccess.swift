import Extension
import Standards
import Storage

/// Who may do what with a case. Each check looks at the case in hand and at the actor, and nothing else.
enum CaseAccess {
    /// The applicant, or who acts for it now.
    static func applicant(_ file: CaseFile, _ act: Act) throws {
        if try isOurOwn(act) { return }
        guard file.isApplicant(act.actor) else { throw CaseworkError.notFound }
    }

    /// A clerk of the case's division.
    static func clerk(_ file: CaseFile, _ act: Act) throws {
        if try isOurOwn(act) { return }
        guard let post = act.actor.post, DivisionCode.covers(post.division, file.division) else {
            throw CaseworkError.notFound
        }
        guard act.actor.holds(.acceptCases) else { throw CaseworkError.forbidden }
        try refuseOwnCase(file, act)
    }

    /// An officer of the agency that decides an item.
    static func officer(of item: String) -> (CaseFile, Act) throws -> Void {
        { file, act in
            if try isOurOwn(act) { return }
            guard let post = act.actor.post, file.task(item)?.agency == post.agency else {
                throw CaseworkError.notFound
            }
            guard act.actor.holds(.decideItems) else { throw CaseworkError.forbidden }
            try refuseOwnCase(file, act)
        }
    }

    /// Whether the program itself acts, by a job or by law. Whoever sits at the command line is not the program: what
    /// takes a person's right is done in a person's name.
    private static func isOurOwn(_ act: Act) throws -> Bool {
        guard act.actor.kind == .system else { return false }
        if act.actor.terminal == .commandLine { throw CaseworkError.namelessAct }
        return true
    }

    /// Nobody handles a case of one's own (回避).
    private static func refuseOwnCase(_ file: CaseFile, _ act: Act) throws {
        if let person = act.actor.person, person == file.applicant.person || person == file.applicant.party {
            throw CaseworkError(
                .dutySeparation, status: 403, "应当回避", "这是您本人申请的事，按回避规定请由其他同事办理。")
        }
    }

}

extension CaseFile {
    /// Whether somebody is the applicant, or acts for it now. Who works the system for somebody at a window opens only
    /// what was recorded at a window; who acts for another, what the other entrusted.
    func isApplicant(_ actor: Actor) -> Bool {
        applicant.isActing(actor) && (actor.assistant == nil || assistance != nil)
            && (actor.helper?.covers(theme.id) ?? true)
    }
}
