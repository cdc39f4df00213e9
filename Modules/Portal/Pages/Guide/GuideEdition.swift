import Documents
import PluginKit

/// Which edition of a guide stands on a page and on the paper printed from it: the same number and the same code
/// everywhere (R05.6), so that somebody with an old sheet in the hand learns of it.
struct GuideEdition {
    /// The version's number or name.
    let version: String
    /// The digest of its content.
    let hash: String
    /// The guide's address on this site.
    let path: String
    /// The site's own address; empty where the operator set none, and then there is no code to scan.
    let site: String

    /// The first of the digest's digits, which people compare.
    var mark: String { String(hash.prefix(12)) }

    /// - Parameter request: a request that came from a printed code says in `v` which edition the reader has.
    func model(_ request: PageRequest) -> ViewModel {
        let scanned = request.parameter("v")
        // The setting's length is bounded, so that the code always fits; without it the number stands alone.
        let code = site.isEmpty ? nil : try? CodeOutline("\(site)\(path)?v=\(mark)")
        return .record([
            "version": version, "mark": mark, "isOther": !scanned.isEmpty && scanned != mark,
            "code": code.map { ViewModel.record(["size": $0.size, "path": $0.path]) } ?? .text(""),
        ])
    }
}
