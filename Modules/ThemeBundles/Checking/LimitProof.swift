import Catalogue
import Standards

/// Every promise keeps the law's limit (承诺时限不超过法定时限).
enum LimitProof: ThemeProof {
    static func findings(in bundle: ThemeBundle) -> [ThemeFinding] {
        bundle.theme.items.enumerated().compactMap { index, item in
            guard let statutory = item.item.statutoryLimit, !item.item.promisedLimit.isWithin(statutory) else {
                return nil
            }
            return bundle.finding(
                "items[\(index)].promised", "theme.statutory_exceeded",
                "“\(item.item.title)”承诺\(item.item.promisedLimit.chinese)，超过了法定的\(statutory.chinese)，请缩短承诺时限。")
        }
    }
}
