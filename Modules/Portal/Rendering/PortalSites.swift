import HTTPService
import PluginKit

/// Whose site a page belongs to: the division that its address names or that the reader chose, else the city.
struct PortalSites: Sendable {
    /// The cookie that keeps the chosen division.
    static let cookie = "yiciban-division"

    /// The faces in force.
    let book: @Sendable () -> FaceBook
    /// What a division is called; nil for a code that the deployment does not serve.
    let placeName: @Sendable (String) -> String?

    init(_ services: PortalServices) {
        let (faces, organisation) = (services.faces.shelf, services.organisation)
        book = { faces.book }
        placeName = { code in
            guard let known = organisation.recent else { return nil }
            return known.divisions.count > 1 ? known.divisions[code]?.name : nil
        }
    }

    init(book: @escaping @Sendable () -> FaceBook, placeName: @escaping @Sendable (String) -> String?) {
        self.book = book
        self.placeName = placeName
    }

    /// The site of a page.
    func site(of context: PageContext) -> PortalSite {
        let book = book()
        let chosen = Self.division(ofPath: context.path, book) ?? context.cookie(Self.cookie)
        let division = chosen.flatMap { placeName($0) == nil ? nil : $0 } ?? book.city.division
        return PortalSite(face: book.face(of: division), place: placeName(division))
    }

    /// The division that an address such as `/d/pingjiang/items` names.
    private static func division(ofPath path: String, _ book: FaceBook) -> String? {
        let parts = path.split(separator: "/")
        return parts.count >= 2 && parts[0] == "d" ? book.division(named: String(parts[1])) : nil
    }
}

/// What the frame of every page says of whose site it is.
struct PortalSite {
    let face: Face
    /// The name of the reader's division; nil where there is nothing to choose.
    let place: String?

    var model: ViewModel {
        .record([
            "name": face.name, "agency": face.sponsor, "organiser": face.organiser, "phone": face.hotline,
            "phoneURL": "tel:\(face.hotline)",
            "logoURL": face.logo.map { FaceFileRoutes.logoURL(of: face, $0) } ?? "/static/logo.svg",
            "styleURL": face.palette.map { FaceFileRoutes.styleURL(of: face, $0) } ?? "",
            "themeColour": face.palette?.deep.text ?? "#073b47", "icp": face.icp,
            "hasFilings": !face.icp.isEmpty || face.police != nil,
            "police": face.police.map { ViewModel.record(["title": $0.title, "url": $0.url]) } ?? .text(""),
            "hasLinks": !face.links.isEmpty, "links": face.links.map { ViewModel.link($0.title, $0.url) },
            "place": place.map { ViewModel.record(["name": $0]) } ?? .text(""),
        ])
    }
}
