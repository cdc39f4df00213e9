public import HTTPService
public import PluginKit

/// Makes the HTML of all pages, ours and the plugins', inside one frame.
public struct PortalRenderer: PageRenderer {
    private let shelf: TemplateShelf
    private let frame: PageFrame

    init(shelf: TemplateShelf, frame: PageFrame) {
        self.shelf = shelf
        self.frame = frame
    }

    public func render(_ template: Template, _ model: ViewModel, in context: PageContext) throws -> [UInt8] {
        let page = RenderedPage(model: model.members, frame: frame.model(in: context))
        return Array(try shelf.render(template, page).utf8)
    }

    public func renderSignIn(keeping form: KeptForm, in context: PageContext) throws -> [UInt8] {
        var signIn = SignInForm(returnPath: "/")
        signIn.kept = form
        return try render(.named("sign-in"), signIn.model, in: context)
    }

    public func render(_ problem: Problem, in context: PageContext) throws -> [UInt8] {
        try render(.named("error"), ErrorPage.model(problem, in: context), in: context)
    }
}
