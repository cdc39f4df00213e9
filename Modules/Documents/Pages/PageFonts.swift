import CPango
import Foundation

/// The fonts of papers: TrueType alone, since some readers of PDF refuse the others, and no others than these, so that
/// what a machine happens to have besides does not change a paper.
///
/// It may be used by one thread at a time.
final class PageFonts {
    private let map: UnsafeMutableRawPointer
    private let context: UnsafeMutableRawPointer

    /// - Throws: ``DocumentsError`` when the machine has no Chinese font among them.
    init(folder: String) throws {
        guard let config = FcConfigCreate() else { throw Self.missing(folder) }
        defer { FcConfigDestroy(config) }
        // File by file: a whole folder would want a cache, and a service has no place for one.
        for file in Self.files(folder) { _ = FcConfigAppFontAddFile(config, file) }
        guard Self.knows("AR PL UMing CN", config), let map = yc_font_map_new(config) else {
            throw Self.missing(folder)
        }
        guard let context = yc_context_new(map) else {
            yc_unref(map)
            throw Self.missing(folder)
        }
        self.map = map
        self.context = context
    }

    deinit {
        yc_unref(context)
        yc_unref(map)
    }

    /// A new layout in a style.
    func layout(_ text: String, _ style: TextStyle) -> TextLayout { TextLayout(yc_layout_new(context), text, style) }

    private static let names = ["uming.ttc", "wqy-microhei.ttc", "HanaMinA.ttf", "HanaMinB.ttf"]

    /// The files of the fonts, wherever in the folder they lie.
    private static func files(_ folder: String) -> [String] {
        let found = (FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String }) ?? []
        return names.compactMap { name in
            found.filter { $0 == name || $0.hasSuffix("/\(name)") }.min().map { "\(folder)/\($0)" }
        }
    }

    private static func knows(_ family: String, _ config: OpaquePointer) -> Bool {
        guard let pattern = FcNameParse(family) else { return false }
        defer { FcPatternDestroy(pattern) }
        guard let objects = FcObjectSetCreate() else { return false }
        defer { FcObjectSetDestroy(objects) }
        guard let found = FcFontList(config, pattern, objects) else { return false }
        defer { FcFontSetDestroy(found) }
        return found.pointee.nfont > 0
    }

    private static func missing(_ folder: String) -> DocumentsError {
        DocumentsError(
            .noFont, "\(folder) 里没有排印文书所用的宋体（AR PL UMing）。请安装软件包 fonts-arphic-uming 和 fonts-wqy-microhei 后再试。")
    }
}
