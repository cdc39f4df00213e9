import PluginKit

extension Page {
    /// This page, so that what was kept of its form (``KeptInput``) is forgotten once the form was taken: when its
    /// answer leads on to another page.
    func forgettingInput(_ identity: IdentityService) -> Page {
        guard !method.isSafe else { return self }
        return Page(post: path, access: access) { [path, run] request in
            let reply = try await run(request)
            if reply.leadsOn, request.actor.account != nil {
                try await identity.forgetInput(of: request.address(of: path), by: request.act)
            }
            return reply
        }
    }
}

extension PageReply {
    fileprivate var leadsOn: Bool {
        switch self {
        case .redirect: true
        case .remembering(_, _, let then): then.leadsOn
        case .render, .file: false
        }
    }
}

extension PageRequest {
    /// The address that was asked: the page's path with the parameters in it.
    fileprivate func address(of path: String) -> String {
        path.split(separator: "/", omittingEmptySubsequences: false).map { part in
            part.hasPrefix("{") && part.hasSuffix("}")
                ? self.path[String(part.dropFirst().dropLast())] ?? "" : String(part)
        }.joined(separator: "/")
    }
}
