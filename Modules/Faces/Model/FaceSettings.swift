public import Extension

/// What the settings say of the site's face (`face:`), with the files still to be read.
public struct FaceSettings: Sendable, Hashable {
    public var organiser = ""
    public var hotline = "12345"
    public var icp = ""
    /// Where the public reaches the site; empty for unknown.
    public var address = ""
    public var police: Face.Link?
    public var links: [Face.Link] = []
    public var palette: Palette?
    /// Files by their path in the deployment's folder; empty for none.
    public var logo = ""
    public var accessibility = ""
    public var privacy = ""
    /// What divisions have otherwise, by code.
    public var divisions: [String: Division] = [:]

    /// What a division has otherwise than the city; empty texts fall back.
    public struct Division: Sendable, Hashable {
        public var alias = ""
        public var name = ""
        public var sponsor = ""
        public var hotline = ""
        public var palette: Palette?
        public var logo = ""
    }

    public init() {}

    /// Reads the section; what is wrong stays with the reader.
    public init(from reader: SettingsReader) throws {
        organiser = try reader.text("organiser", default: "", doc: "承办单位，显示在页脚")
        hotline = try reader.text("hotline", default: hotline, doc: "服务热线")
        Self.check(phone: hotline, "hotline", reader)
        address = try reader.text("address", default: "", doc: "网站对外的网址，印在指南的二维码里，例如 https://zwfw.example.gov.cn")
        if !address.isEmpty {
            Self.check(link: address, "address", reader)
            if address.hasSuffix("/") || address.count > 120 || address.contains("?") {
                reader.report(
                    Finding(
                        reader.place("address"), "settings.malformed",
                        "address 只写网址本身，不超过 120 个字，后面不带“/”，例如 https://zwfw.example.gov.cn。"))
            }
        }
        icp = try reader.text("icp", default: "", doc: "ICP备案号，例如 湘ICP备12345678号-1")
        if !icp.isEmpty, !icp.contains("ICP备") {
            reader.report(Finding(reader.place("icp"), "settings.malformed", "icp 应当像“湘ICP备12345678号-1”。"))
        }
        let police = reader.section("police", doc: "公安联网备案")
        let number = try police.text("number", default: "", doc: "备案号，例如 湘公网安备43060002000000号")
        let link = try police.text("link", default: "", doc: "备案的查询地址")
        if !number.isEmpty || !link.isEmpty {
            if number.isEmpty || !number.contains("公网安备") {
                police.report(
                    Finding(police.place("number"), "settings.malformed", "number 应当像“湘公网安备43060002000000号”。"))
            }
            Self.check(link: link, "link", police)
            self.police = Face.Link(title: number, url: link)
        }
        links = Self.links(reader)
        palette = try Self.palette(reader)
        logo = try Self.file(reader, "logo", endings: ["svg", "png"], doc: "徽标文件，SVG 或 PNG，路径从数据目录算起，例如 face/logo.svg")
        accessibility = try Self.file(reader, "accessibility", endings: ["md"], doc: "无障碍说明（Markdown 文件）；不写则用自带的")
        privacy = try Self.file(reader, "privacy", endings: ["md"], doc: "个人信息保护告知（Markdown 文件）；写了就要申请人同意，版本自动留存")
        divisions = try Self.divisions(reader)
    }

    // MARK: Parts

    private static func palette(_ reader: SettingsReader) throws -> Palette? {
        let text = try reader.text("colour", default: "", doc: "主色，例如 \"#0b5563\"；要加引号，白字在上面须看得清（对比度 4.5:1 以上）")
        if text.isEmpty { return nil }
        guard let colour = Colour(text) else {
            reader.report(
                Finding(reader.place("colour"), "settings.malformed", "colour 应当像 \"#0b5563\"：# 后面六位十六进制数字，外面加引号。"))
            return nil
        }
        if let palette = Palette(colour) { return palette }
        // Rounded down, so that what fails never reads as if it passed.
        let tenths = Int(colour.contrast(with: .white) * 10)
        reader.report(
            Finding(
                reader.place("colour"), "settings.contrast",
                "主色 \(colour.text) 与白色的对比度是 \(tenths / 10).\(tenths % 10):1，达不到 WCAG AA 要求的 4.5:1，白字会看不清。请改深一些，例如 \(Palette.nearest(to: colour).text)。"
            ))
        return nil
    }

    private static func file(_ reader: SettingsReader, _ key: String, endings: [String], doc: String) throws -> String {
        let path = try reader.text(key, default: "", doc: doc)
        if path.isEmpty { return "" }
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        let isInside =
            !path.hasPrefix("/") && parts.allSatisfy { !$0.isEmpty && !$0.hasPrefix(".") } && parts[0] != "keys"
        if !isInside {
            reader.report(
                Finding(reader.place(key), "settings.malformed", "\(key) 应当是数据目录里的文件，例如 face/\(key).\(endings[0])。"))
            return ""
        }
        if !endings.contains(String(path.split(separator: ".").last ?? "").lowercased()) {
            reader.report(
                Finding(
                    reader.place(key), "settings.malformed",
                    "\(key) 应当是 \(endings.map { ".\($0)" }.joined(separator: " 或 ")) 文件。"))
            return ""
        }
        return path
    }

    private static func links(_ reader: SettingsReader) -> [Face.Link] {
        guard let value = reader.value("links", doc: "页脚的链接，每条写 title 和 url") else { return [] }
        guard let elements = value.array, elements.count <= 12 else {
            reader.report(
                Finding(reader.place("links"), "settings.malformed", "links 应当是一列链接，最多 12 条，每条写 title 和 url。"))
            return []
        }
        return elements.enumerated().compactMap { index, element in
            let place = "\(reader.place("links"))[\(index)]"
            guard case .object(let members) = element, Set(members.keys) == ["title", "url"],
                let title = members["title"]?.string, let url = members["url"]?.string, !title.isEmpty,
                title.count <= 30
            else {
                reader.report(Finding(place, "settings.malformed", "每条链接写 title（30 个字以内）和 url，没有别的。"))
                return nil
            }
            guard MarkdownText.isSafe(url) else {
                reader.report(Finding(place, "settings.malformed", "链接“\(title)”的地址应当以 https:// 或 / 开头。"))
                return nil
            }
            return Face.Link(title: title, url: url)
        }
    }

    private static func divisions(_ reader: SettingsReader) throws -> [String: Division] {
        guard let value = reader.value("divisions", doc: "各区划自己的形象，按区划代码（加引号）分组") else { return [:] }
        guard case .object(let members) = value else {
            reader.report(Finding(reader.place("divisions"), "settings.malformed", "divisions 应当按区划代码分组缩进书写。"))
            return [:]
        }
        var found: [String: Division] = [:]
        for (code, value) in members.sorted(by: { $0.key < $1.key }) {
            let section = SettingsReader(area: "\(reader.place("divisions")).\(code)", values: value)
            var division = Division()
            division.alias = try section.text("alias", default: "", doc: "网址里的简称，例如 pingjiang")
            division.name = try section.text("name", default: "", doc: "名称")
            division.sponsor = try section.text("agency", default: "", doc: "主办单位")
            division.hotline = try section.text("hotline", default: "", doc: "服务热线")
            if !division.hotline.isEmpty { check(phone: division.hotline, "hotline", section) }
            division.palette = try palette(section)
            division.logo = try file(section, "logo", endings: ["svg", "png"], doc: "徽标文件")
            let isWord = division.alias.utf8.allSatisfy { (0x61...0x7A).contains($0) || $0 == 0x2D }
            if !isWord || division.alias.count > 30 {
                section.report(
                    Finding(section.place("alias"), "settings.malformed", "alias 只用小写字母和连字符，例如 pingjiang。"))
            } else if !division.alias.isEmpty, found.values.contains(where: { $0.alias == division.alias }) {
                section.report(Finding(section.place("alias"), "settings.repeated", "简称 \(division.alias) 已经用于另一个区划。"))
            }
            for finding in section.findings { reader.report(finding) }
            found[code] = division
        }
        return found
    }

    private static func check(phone: String, _ key: String, _ reader: SettingsReader) {
        let isNumber = (3...20).contains(phone.count) && phone.allSatisfy { $0.isASCII && ($0.isNumber || $0 == "-") }
        if !isNumber {
            reader.report(Finding(reader.place(key), "settings.malformed", "\(key) 应当是电话号码，例如 12345 或 0730-8888888。"))
        }
    }

    private static func check(link: String, _ key: String, _ reader: SettingsReader) {
        if !link.hasPrefix("https://"), !link.hasPrefix("http://") {
            reader.report(Finding(reader.place(key), "settings.malformed", "\(key) 应当是以 https:// 开头的地址。"))
        }
    }
}
