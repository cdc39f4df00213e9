import Foundation

/// The body of a submitted case of the birth theme, whole but for the child's name.
enum Submission {
    /// With `{name}` in the place of the child's name.
    static let template = body(named: "{name}")

    static func body(named name: String) -> String {
        let formatter = DateFormatter()
        formatter.dateFormat = "yyyy-MM-dd"
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = TimeZone(identifier: "Asia/Shanghai")
        let birthDay = formatter.string(from: Date().addingTimeInterval(-10 * 86_400))
        return """
            {"theme":"birth","submit":true,"answers":{"婴儿年龄":"≤1月","婚姻状况":"婚内","出生地":"本市助产机构",\
            "是否跨省生育":"否","父母户籍":"双方本市","随谁落户":"随母","是否报销生育医疗费用":"否","是否登记科学育儿":"否",\
            "是否已办生育登记":"是"},"form":{"child_name":"\(name)","child_gender":"女","birth_day":"\(birthDay)",\
            "birth_place":"岳阳市妇幼保健院","birth_weight":"3300","gestation":"39","applicant_relation":"母亲",\
            "other_parent_name":"陈国强","other_parent_id_number":"430602190904265454","household_head":"陈国强",\
            "household_address":"湖南省岳阳市岳阳楼区五里牌街道示例路1号","card_bank":"中国银行"}}
            """
    }
}
