import Mustache
import PluginKit

extension ViewModel {
    /// The value as templates look at it; none of them needs `Mirror`, which costs half of a page's time.
    var rendered: Any {
        switch self {
        case .text(let text): RenderedText(text: text)
        case .flag(let flag): flag
        case .number(let number): RenderedText(text: String(number))
        case .list(let elements): RenderedList(elements: elements)
        case .object(let members): RenderedObject(members: members)
        }
    }
}

/// A text in a template. An empty one counts as absent, so that a section around it is left out.
struct RenderedText: MustacheCustomRenderable, MustacheParent {
    let text: String

    var renderText: String { text }
    var isNull: Bool { text.isEmpty }
    /// A text inside of a section has no members: the look-up goes on one level further out.
    func child(named name: String) -> Any? { nil }
}

/// An object in a template.
struct RenderedObject: MustacheParent {
    let members: [String: ViewModel]

    func child(named name: String) -> Any? { members[name]?.rendered }
}

/// A list in a template.
struct RenderedList: MustacheSequence, MustacheParent {
    let elements: [ViewModel]

    func makeIterator() -> AnyIterator<Any> {
        var inner = elements.makeIterator()
        return AnyIterator { inner.next()?.rendered }
    }

    func child(named name: String) -> Any? { nil }
}

/// What a page's template looks at: the page's own model first, then the frame around it.
struct RenderedPage: MustacheParent {
    let model: [String: ViewModel]
    let frame: [String: ViewModel]

    func child(named name: String) -> Any? { (model[name] ?? frame[name])?.rendered }
}
