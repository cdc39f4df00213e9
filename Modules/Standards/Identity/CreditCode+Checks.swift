extension CreditCode {
    /// Kinds of body by registering department (first character) and second character.
    static let kinds: [String: [String: String]] = [
        "1": ["1": "机关", "2": "事业单位", "3": "编办直接管理机构编制的群众团体", "9": "其他"],
        "2": ["1": "外国常驻新闻机构", "9": "其他"],
        "3": ["1": "律师执业机构", "2": "公证处", "3": "基层法律服务所", "4": "司法鉴定机构", "5": "仲裁委员会", "9": "其他"],
        "4": ["1": "外国在华文化中心", "9": "其他"],
        "5": ["1": "社会团体", "2": "民办非企业单位(社会服务机构)", "3": "基金会", "9": "其他"],
        "6": ["1": "外国旅游部门常驻代表机构", "2": "港澳台旅游部门常驻内地代表机构", "9": "其他"],
        "7": ["1": "宗教活动场所", "2": "宗教院校", "9": "其他"],
        "8": ["1": "基层工会", "9": "其他"],
        "9": ["1": "企业", "2": "个体工商户", "3": "农民专业合作社", "9": "其他"],
        "A": ["1": "军队事业单位", "9": "其他"],
        "N": ["1": "组级集体经济组织", "2": "村级集体经济组织", "3": "乡镇级集体经济组织", "9": "其他"],
        "Y": ["1": "其他"],
    ]

    /// Checks everything but the organisation code inside, from the coarsest fault to the finest.
    static func check(_ text: String) throws(StandardsError) {
        let bytes = Array(text.utf8)
        guard !text.isEmpty else { throw StandardsError(.empty, "请填写统一社会信用代码。") }
        guard text.count == 18 else {
            let hint = text.count == 15 ? "15位的是旧的工商注册号，请填写营业执照上的18位代码。" : "请核对是否多填或漏填。"
            throw StandardsError(.creditCodeLength, "统一社会信用代码应为18位，现在填了\(text.count)位，\(hint)")
        }
        guard bytes.count == 18, bytes.allSatisfy(CheckCharacters.creditAlphabet.contains) else {
            throw StandardsError(
                .creditCodeCharacter, "统一社会信用代码只用数字和大写字母，且没有I、O、S、V、Z，请核对是否与1、0、5、2混淆。")
        }
        guard kinds[text[offsets: 0..<1]]?[text[offsets: 1..<2]] != nil else {
            throw StandardsError(.creditCodeKind, "统一社会信用代码前两位不是已有的登记部门和机构类别，请对照证照核对。")
        }
        let division = text[offsets: 2..<8]
        guard division.isDigits, division == "100000" || Provinces.isKnown(division.prefix(2)) else {
            throw StandardsError(.creditCodeDivision, "统一社会信用代码第3到8位不是行政区划代码，请对照证照核对。")
        }
        guard CheckCharacters.creditCode(bytes.prefix(17)) == bytes[17] else {
            throw StandardsError(.creditCodeChecksum, "统一社会信用代码的校验码不对，一般是有一位填错或相邻两位颠倒，请逐位核对。")
        }
    }
}
