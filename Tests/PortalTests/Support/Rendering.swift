import PluginKit

@testable import HTTPService
@testable import Portal

/// The portal's real renderer with a small menu.
enum Rendering {
    /// The city's face and nobody else's.
    static func sites(_ change: @escaping @Sendable (inout Face) -> Void = { _ in }) -> PortalSites {
        PortalSites {
            var face = Face(division: "430600", name: "岳阳市「一件事一次办」")
            face.sponsor = "岳阳市行政审批服务局"
            change(&face)
            return FaceBook(city: face)
        } placeName: { _ in
            nil
        }
    }

    static let menu = Menu(entries: [
        MenuEntry("首页", url: "/", access: .anyone), MenuEntry("我的", url: "/my", access: .person),
        MenuEntry("待办", url: "/staff/tasks", access: .staff(.decideItems)),
        MenuEntry("受理", url: "/staff/acceptance", access: .staff(.acceptCases)),
    ])

    static func renderer() throws -> PortalRenderer {
        PortalRenderer(
            shelf: try TemplateShelf(try ResourceFolder.bundled()),
            frame: PageFrame(sites: sites(), menu: menu, assetVersion: "1"))
    }

    static func context(
        _ actor: Actor = .anonymous(terminal: .portal), path: String = "/", isElder: Bool = false
    ) -> PageContext {
        PageContext(
            actor: actor, path: path, returnPath: path, csrfToken: "token", requestID: "r1", now: CaseStory.now,
            cookie: { $0 == Edition.cookie && isElder ? "elder" : nil }, query: [:], devices: nil)
    }

    static var mother: Actor {
        .person(CaseStory.mother, account: CaseStory.account, name: "李小梅", terminal: .portal)
    }

    static func officer(_ agency: Identifier, permissions: Set<String>) -> Actor {
        .staff(
            StaffPost(
                id: CaseStory.account, agency: agency, agencyName: "岳阳市公安局", division: "430600", site: nil,
                permissions: permissions),
            account: CaseStory.account, person: nil, name: "周建华", terminal: .portal)
    }

    /// Renders what a page answered.
    static func page(_ reply: PageReply, _ actor: Actor, path: String = "/") throws -> HTMLPage {
        guard case .render(let template, let model, _) = reply else { throw RenderingError.notRendered }
        return HTMLPage(try renderer().render(template, model, in: context(actor, path: path), unread: 0))
    }

    static func page(_ name: String, _ model: ViewModel, _ actor: Actor = .anonymous(terminal: .portal)) throws
        -> HTMLPage
    {
        try page(.render(.named(name), model), actor)
    }

    enum RenderingError: Error { case notRendered }
}
