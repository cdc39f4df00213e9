public import PluginKit

/// An entry of the menu: a page of ours or of a plugin that wants one.
public struct MenuEntry: Sendable, Hashable {
    public let label: String
    /// The path from the root, such as `/my`.
    public let url: String
    /// Who sees it: whoever may open the page.
    public let access: Access
    /// What its button on the home page of the elder edition says; nil for none.
    public let elderButton: String?

    /// - Parameters:
    ///   - label: what the menu says.
    ///   - url: the page's whole path.
    ///   - access: the page's own access.
    ///   - elderButton: what its button on the home page of the elder edition says; nil for none.
    public init(_ label: String, url: String, access: Access, elderButton: String? = nil) {
        self.label = label
        self.url = url
        self.access = access
        self.elderButton = elderButton
    }

    /// The entry of a page that stands at a path; nil for a page that wants none.
    public init?(_ page: Page, at path: String) {
        guard let menu = page.menu else { return nil }
        self.init(
            menu, url: path.hasPrefix("/") ? path : "/\(path)", access: page.access, elderButton: page.elderButton)
    }

    /// Whether it stands in the menu of the staff's side.
    var isForStaff: Bool {
        switch access {
        case .staff, .staffWithAny: true
        case .anyone, .signedIn, .person, .personOrHelper, .personAlone: false
        }
    }
}

/// The whole menu, frozen with the registry.
struct Menu: Sendable {
    let entries: [MenuEntry]

    /// The page whose entry carries the count of unread messages.
    static let inbox = "/my/messages"

    /// What one actor sees on one page.
    func model(for actor: Actor, at path: String, unread: Int) -> ViewModel {
        let isStaff = actor.kind == .staff
        let visible = entries.filter { entry in
            // A citizen's page in a clerk's menu would only lead to a refusal, and staff pages are none of a citizen's.
            isStaff
                ? (entry.isForStaff || entry.access == .signedIn) && entry.access.admits(actor)
                // Nobody has messages before it has signed in, nor through a clerk at a window.
                : !entry.isForStaff && (entry.url != Self.inbox || entry.access.admits(actor))
        }
        // The longest entry that the path begins with is where the reader is.
        let current = visible.filter { Self.contains($0.url, path) }.max { $0.url.count < $1.url.count }?.url
        return .list(
            visible.map { entry in
                let count = entry.url == Self.inbox && unread > 0 ? unread > 99 ? "99+" : "\(unread)" : ""
                return [
                    "label": .text(entry.label), "url": .text(entry.url), "current": .flag(entry.url == current),
                    "count": .text(count),
                ]
            })
    }

    /// The large buttons on the home page of the elder edition.
    var elderButtons: ViewModel {
        .list(
            entries.compactMap { entry in
                entry.elderButton.map { ["label": .text($0), "url": .text(entry.url)] }
            })
    }

    private static func contains(_ url: String, _ path: String) -> Bool {
        url == path || (url != "/" && path.hasPrefix(url + "/"))
    }
}
