public import HTTPService
public import PluginKit

/// Makes the HTML of all pages, ours and the plugins', inside one frame.
public struct PortalRenderer: PageRenderer {
    private let shelf: TemplateShelf
    private let frame: PageFrame
    /// How many messages a reader has not opened.
    private let unread: @Sendable (Actor) async throws -> Int

    init(
        shelf: TemplateShelf, frame: PageFrame, unread: @escaping @Sendable (Actor) async throws -> Int = { _ in 0 }
    ) {
        self.shelf = shelf
        self.frame = frame
        self.unread = unread
    }

    public func render(_ template: Template, _ model: ViewModel, in context: PageContext) async throws -> [UInt8] {
        // A page is worth more than its count: without the database, the page that says so must still come.
        let unread = (try? await unread(context.actor)) ?? 0
        return try render(template, model, in: context, unread: unread)
    }

    /// As ``render(_:_:in:)``, with a count that is known.
    public func render(
        _ template: Template, _ model: ViewModel, in context: PageContext, unread: Int
    ) throws -> [UInt8] {
        let page = RenderedPage(model: model.members, frame: frame.model(in: context, unread: unread))
        return Array(try shelf.render(template, page).utf8)
    }

    public func renderSignIn(keeping form: KeptForm, in context: PageContext) async throws -> [UInt8] {
        var signIn = SignInForm(returnPath: "/")
        signIn.kept = form
        return try await render(.named("sign-in"), signIn.model, in: context)
    }

    public func render(_ problem: Problem, in context: PageContext) async throws -> [UInt8] {
        try await render(.named("error"), ErrorPage.model(problem, in: context), in: context)
    }
}
