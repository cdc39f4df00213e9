/// How a site presents itself (门户形象): whose it is, how it looks, whom one calls.
public struct Face: Sendable, Hashable {
    /// The division whose face it is.
    public var division: String
    /// The name in the header.
    public var name: String
    /// 主办单位; empty when nobody is named.
    public var sponsor = ""
    /// 承办单位; empty when nobody is named.
    public var organiser = ""
    /// The number to call for help.
    public var hotline = "12345"
    /// ICP备案号; empty for none.
    public var icp = ""
    /// 公安联网备案号 with the address that proves it; nil for none.
    public var police: Link?
    /// Further links at the foot of each page.
    public var links: [Link] = []
    public var logo: Logo?
    /// Colours of its own; nil for the portal's.
    public var palette: Palette?
    /// The accessibility statement; nil for the portal's.
    public var accessibility: MarkdownText?

    /// A text that leads somewhere.
    public struct Link: Sendable, Hashable {
        public let title: String
        public let url: String

        public init(title: String, url: String) {
            self.title = title
            self.url = url
        }
    }

    public init(division: String, name: String) {
        self.division = division
        self.name = name
    }
}

/// A logo that was looked at and may be shown.
public struct Logo: Sendable, Hashable {
    public let bytes: [UInt8]
    /// `image/svg+xml` or `image/png`.
    public let contentType: String
    /// Changes with the content.
    public let version: String
    /// What was left out of a drawing to make it harmless.
    public let dropped: [String]
}

/// The faces of a deployment: the city's, and those of divisions that have one of their own.
public struct FaceBook: Sendable, Hashable {
    public let city: Face
    let divisions: [String: Face]
    /// Short names of divisions in addresses, such as `pingjiang`.
    public let aliases: [String: String]
    /// The privacy notice as its file has it now; nil where there is none.
    public let notice: String?
    /// Where the public reaches the site, such as `https://zwfw.example.gov.cn`, for what is printed; empty for unknown.
    public let address: String
    /// Changes with any of it.
    public let version: String

    public init(
        city: Face, divisions: [String: Face] = [:], aliases: [String: String] = [:], notice: String? = nil,
        address: String = "", version: String = ""
    ) {
        self.city = city
        self.divisions = divisions
        self.aliases = aliases
        self.notice = notice
        self.address = address
        self.version = version
    }

    /// The face of a division; the city's where it has none.
    public func face(of division: String?) -> Face { division.flatMap { divisions[$0] } ?? city }

    /// The division that a word of an address names, by code or alias.
    public func division(named word: String) -> String { aliases[word] ?? word }

    /// The word by which a division stands in addresses.
    public func word(for division: String) -> String {
        aliases.filter { $0.value == division }.keys.min() ?? division
    }
}
