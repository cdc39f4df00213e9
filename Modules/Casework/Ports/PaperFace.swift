/// How the site presents itself on paper (门户形象): the face service answers.
public protocol PaperFace: Sendable {
    /// Whom one asks about what a division's offices issued, in one line; empty for nothing.
    func contact(of division: String) -> String
    /// Where the public reaches the site, such as `https://zwfw.example.gov.cn`; empty for unknown.
    var address: String { get }
}

/// Papers that name nobody to ask.
struct PlainPaperFace: PaperFace {
    var address: String { "" }

    func contact(of division: String) -> String { "" }
}
