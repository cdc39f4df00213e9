extension ResidentID {
    /// Checks the canonical form, from the coarsest fault to the finest, so that the message names the real mistake.
    static func check(_ text: String) throws(StandardsError) {
        let bytes = Array(text.utf8)
        try checkLength(text, count: text.count)
        guard bytes.count == 18, bytes.prefix(17).allSatisfy({ $0.digit != nil }),
            bytes[17].digit != nil || bytes[17] == UInt8(ascii: "X")
        else {
            throw StandardsError(.residentIDCharacter, "身份证号码前17位只能是数字，最后一位是数字或大写字母X，请核对。")
        }
        guard isKnownRegion(text[offsets: 0..<6]) else {
            throw StandardsError(.residentIDDivision, "身份证号码前6位不是任何地区的代码，请对照证件核对。")
        }
        guard LegalDay(digits: text[offsets: 6..<14]) != nil else {
            throw StandardsError(.residentIDBirthDay, "身份证号码第7到14位不是真实的出生日期，请对照证件核对。")
        }
        guard CheckCharacters.residentID(bytes.prefix(17)) == bytes[17] else {
            throw StandardsError(.residentIDChecksum, "身份证号码的校验码不对，一般是有一位填错或相邻两位颠倒，请对照证件逐位核对。")
        }
    }

    private static func checkLength(_ text: String, count: Int) throws(StandardsError) {
        switch count {
        case 18: return
        case 0: throw StandardsError(.empty, "请填写身份证号码。")
        case 15 where text.isDigits:
            throw StandardsError(.residentIDFirstGeneration, "这是15位的旧版号码，请填写现在证件上的18位号码。")
        default:
            throw StandardsError(.residentIDLength, "身份证号码应为18位，现在填了\(count)位，请核对是否多填或漏填。")
        }
    }

    private static func isKnownRegion(_ code: String) -> Bool {
        guard code.hasPrefix("9") else {
            return Provinces.isKnown(code.prefix(2)) || code.hasPrefix("83")
        }
        // Foreigners' cards of 2023: 9, two digits of the province, three of the country. 999 is no country.
        let country = code[offsets: 3..<6]
        return Provinces.isKnown(code[offsets: 1..<3]) && country != "000" && country != "999"
    }
}
