/// The basic code of an item (基本编码, GB/T 39554.1), the same wherever the item is handled: region 2 (00 the nation, 43
/// Hunan), item type 2, department 2, main item 3, sub-item 3.
public struct CatalogueCode: StandardText {
    /// Twelve digits.
    public let text: String

    /// Reads a code.
    ///
    /// - Parameter text: twelve digits whose first two are 00 or a province.
    /// - Throws: ``StandardsError/Code/catalogueCodeForm``.
    public init(_ text: String) throws(StandardsError) {
        let code = Typing.normalised(text)
        guard code.utf8.count == 12, code.isDigits, code.hasPrefix("00") || Provinces.isKnown(code.prefix(2)) else {
            throw StandardsError(
                .catalogueCodeForm, "事项基本编码“\(text.prefix(30))”不对，应为12位数字，前两位是00（国家）或省份代码，请到事项库核对。")
        }
        self.text = code
    }

    /// 00 for a national item, otherwise the province.
    public var regionCode: String { text[offsets: 0..<2] }
    /// The type, such as 01 for a licence; ``itemType`` names it.
    public var typeCode: String { text[offsets: 2..<4] }
    /// The department, two digits.
    public var departmentCode: String { text[offsets: 4..<6] }
    /// The main item, three digits.
    public var mainItem: String { text[offsets: 6..<9] }
    /// The sub-item, three digits; 000 where there is none.
    public var subItem: String { text[offsets: 9..<12] }

    /// The name of the item type, such as `行政许可`; nil for codes that provinces define for themselves.
    public var itemType: String? {
        Self.itemTypes[typeCode]
    }

    private static let itemTypes = [
        "01": "行政许可", "02": "行政处罚", "03": "行政强制", "04": "行政征收", "05": "行政给付", "06": "行政检查", "07": "行政确认",
        "08": "行政奖励", "09": "行政裁决", "10": "其他行政权力", "20": "公共服务",
    ]
}
