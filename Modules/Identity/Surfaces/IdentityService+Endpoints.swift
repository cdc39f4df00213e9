import Extension
import Organisation
import Standards
import Storage

extension IdentityService {
    var endpoints: [any Contribution] {
        [
            Endpoint(
                .post, "sessions", summary: "登录", access: .anyone, status: 201,
                problems: [
                    "identity.credentials", "identity.too_many_attempts", "identity.busy", "identity.code_needed",
                    "identity.code",
                ]
            ) { (input: SignInInput, call: Call) in
                let client = SignInClient(
                    address: call.act.clientAddress, device: input.device, terminal: call.actor.terminal,
                    isElder: input.isElder)
                return SessionOutput(
                    try await signIn(
                        name: input.name, password: input.password, code: input.code, client: client, act: call.act))
            },
            Endpoint(.delete, "sessions/current", summary: "退出登录", access: .signedIn) { (_: Nothing, call: Call) in
                if let session = call.actor.session { try await endSession(session, by: call.act) }
                return Nothing()
            },
            Endpoint(.get, "me", summary: "我是谁、以谁的名义办理", access: .signedIn) { (_: Nothing, call: Call) in
                try await me(call.act)
            },
            Endpoint(
                .put, "me/acting", summary: "切换办理主体或岗位", access: .signedIn,
                problems: ["identity.not_agent", "identity.no_post"]
            ) { (input: ActingInput, call: Call) in
                SessionOutput(try await switchActing(to: try input.choice(), by: call.act))
            },
            Endpoint(
                .put, "me/password", summary: "修改密码", access: .signedIn,
                problems: ["identity.credentials", "identity.password_weak"]
            ) { (input: PasswordInput, call: Call) in
                SessionOutput(try await changePassword(current: input.current, new: input.new, by: call.act))
            },
        ]
    }

    /// Who acts, and in whose names and at which posts it may act.
    func me(_ act: Act) async throws -> MeOutput {
        let actor = act.actor
        return try await database.read { view in
            var output = MeOutput()
            output.kind = actor.kind.rawValue
            output.name = actor.displayName
            output.person = actor.person
            output.party = actor.party
            output.post = actor.post?.id
            output.helper = actor.helper?.person
            if let account = actor.account {
                output.endsAt = try sessions(of: account, by: act, in: view).first { $0.id == actor.session }?.endsAt
                output.posts = try organisation.snapshot(in: view).posts(of: account, on: act.now.day)
                    .map { PostOutput($0) }
            }
            if actor.kind == .person, let person = actor.ownPerson {
                output.mandates = try mandates(of: person, at: act.now, in: view).map {
                    MandateOutput($0, enterpriseName: try record(ofEnterprise: $0.enterprise, in: view).name)
                }
            }
            return output
        }
    }
}
