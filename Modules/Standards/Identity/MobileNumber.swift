/// A mobile telephone number of the mainland: 11 digits from 13 to 19.
///
/// `description` is masked, so that a number does not slip into a log; ``text`` is the whole number.
public struct MobileNumber: StandardText {
    /// Eleven digits without prefix.
    public let text: String

    /// Reads a number as people type it: white space, hyphens, full-width digits and +86 or 0086 are put right first.
    ///
    /// - Parameter text: a mainland mobile number.
    /// - Throws: ``StandardsError/Code/mobileNumber``, ``StandardsError/Code/empty``.
    public init(_ text: String) throws(StandardsError) {
        var number = Typing.normalised(text).filter { $0 != "-" }
        guard !number.isEmpty else { throw StandardsError(.empty, "请填写手机号码。") }
        for prefix in ["+86", "0086", "86"]
        where number.hasPrefix(prefix) && number.utf8.count == 11 + prefix.utf8.count {
            number.removeFirst(prefix.count)
            break
        }
        guard number.utf8.count == 11, number.isDigits, ("13"..."19").contains(number.prefix(2)) else {
            throw StandardsError(.mobileNumber, "手机号码应为13至19开头的11位数字，请核对后重新填写。")
        }
        self.text = number
    }

    /// First three and last four digits, stars between them: `138****1234`.
    public var masked: String {
        text[offsets: 0..<3] + "****" + text[offsets: 7..<11]
    }

    public var description: String { masked }
}

extension MobileNumber: CustomDebugStringConvertible, CustomReflectable {
    public var debugDescription: String { masked }
    public var customMirror: Mirror { Mirror(self, children: ["masked": masked]) }
}
