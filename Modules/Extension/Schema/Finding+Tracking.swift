import Standards

extension Finding {
    /// What is wrong with the number under which post or courier find a parcel (邮件号码); nil when it may be one.
    ///
    /// Each carrier has its own form; what none has is refused, since nobody finds the parcel by it.
    public static func tracking(_ number: String?, at field: String = "tracking") -> Finding? {
        guard let number, !number.isEmpty else { return Finding(field, "field.required", "请填写邮件号码。") }
        let isPlausible =
            (6...40).contains(number.utf8.count) && number.contains(where: \.isNumber)
            && number.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
        if isPlausible { return nil }
        return Finding(
            field, "field.tracking", "“\(number.prefix(40))”不像邮件号码：应是 6 到 40 位字母、数字或短横线。请照寄件单抄写。")
    }
}
