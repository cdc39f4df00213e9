/// The colours of a site, all made from one, so that every pair that meets on a page can be read (WCAG 2.2 AA).
public struct Palette: Sendable, Hashable {
    /// What contrast text of usual size needs.
    public static let ratio = 4.5

    public let primary: Colour
    /// Behind the header and under the pointer.
    public let deep: Colour
    /// Behind notes and signs.
    public let tint: Colour
    public let link: Colour
    /// The primary colour of the elder edition, with the contrast of AAA.
    public let elder: Colour
    public let elderLink: Colour

    /// The page's own background and the pale text in the header, as the style sheet has them.
    static let mist = Colour(red: 0xf3, green: 0xf7, blue: 0xf7)
    static let pale = Colour(red: 0xc8, green: 0xdf, blue: 0xe2)

    /// - Throws: nothing; nil when white can't be read on the colour.
    public init?(_ primary: Colour) {
        guard primary.contrast(with: .white) >= Self.ratio else { return nil }
        self.primary = primary
        deep = primary.mixed(with: .black, 0.3).darkened(to: Self.ratio, against: [Self.pale])
        let shades = stride(from: 0.88, through: 1, by: 0.02).map { primary.mixed(with: .white, $0) }
        let tint = shades.first { primary.contrast(with: $0) >= Self.ratio } ?? .white
        self.tint = tint
        link = primary.darkened(to: Self.ratio, against: [Self.mist, tint])
        elder = primary.darkened(to: 7, against: [.white])
        elderLink = primary.darkened(to: 7, against: [Self.mist])
    }

    /// The nearest shade that would do.
    public static func nearest(to colour: Colour) -> Colour { colour.darkened(to: ratio, against: [.white]) }

    /// The style sheet that puts these colours in the place of the portal's own.
    public var styleSheet: String {
        """
        :root { --teal: \(primary.text); --teal-deep: \(deep.text); --tint: \(tint.text); --link: \(link.text); }
        html.elder { --teal: \(elder.text); --link: \(elderLink.text); }
        .hero p { color: #fff; }
        .hero .chips a { background: transparent; }
        .hero .chips a:hover { background: #fff; color: \(deep.text); }
        @media print { :root { --tint: #fff; } }

        """
    }
}
