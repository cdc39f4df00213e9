import HTTPService
import PluginKit

/// What stands around every page: header, menu, who is signed in, and where forms come back to.
struct PageFrame: Sendable {
    let sites: PortalSites
    let menu: Menu
    /// Changes with the content of the static files, so that they may be cached for ever.
    let assetVersion: String

    /// The frame of one page.
    ///
    /// - Parameter unread: how many messages the reader has not opened.
    func model(in context: PageContext, unread: Int = 0) -> [String: ViewModel] {
        let actor = context.actor
        let isStaff = actor.kind == .staff
        let site = sites.site(of: context)
        var model: [String: ViewModel] = [
            "pageTitle": .text(site.face.name),
            "csrf": .text(context.csrfToken),
            "elder": .flag(Edition(cookie: context.cookie(Edition.cookie)) == .elder),
            "elderButtons": menu.elderButtons,
            "staff": .flag(isStaff),
            "assetVersion": .text(assetVersion),
            "returnTo": .text(context.returnPath),
            "homeURL": .text(isStaff ? "/staff" : "/"),
            "site": site.model,
            "nav": menu.model(for: actor, at: context.path, unread: unread),
            "signedIn": .flag(actor.kind != .anonymous),
            "signInURL": .text(URLText.signIn(returningTo: context.path == "/sign-in" ? "/" : context.returnPath)),
            "signOutURL": "/sign-out",
        ]
        if let devices = context.devices { model["devices"] = .text(devices) }
        if actor.assistant != nil {
            model["counter"] = .record(["name": actor.displayName, "endURL": "/counter/end"])
        }
        if actor.helper != nil { model["helping"] = .record(["name": actor.displayName, "endURL": "/acting"]) }
        if actor.kind != .anonymous {
            model["user"] = .record([
                "name": actor.displayName, "actsForOther": actor.kind == .person && actor.party != actor.person,
                "switchURL": actor.kind == .person && actor.assistant == nil ? "/acting" : "",
            ])
        }
        return model
    }
}
