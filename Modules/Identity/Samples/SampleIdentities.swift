public import Standards
public import Storage

/// Synthetic persons and enterprises for sample deployments and tests.
///
/// The same numbers always give the same people. Their identity numbers are valid by their check characters but born
/// 1900 to 1913, so that nobody living is hit; passwords are random and come from a ``Seed``.
public enum SampleIdentities {
    /// The synthetic person of a number.
    ///
    /// - Parameters:
    ///   - number: 0 to 9,999; each gives another person.
    ///   - division: the six digits with which the identity number begins.
    ///   - today: the legal day.
    public static func person(_ number: Int, division: String = "430602", today: LegalDay) throws -> PersonProfile {
        try PersonProfile(
            name: name(number), idNumber: try residentID(number, division: division).text,
            mobile: "1990000" + padded(number % 10_000), address: "湖南省岳阳市示例路\(number + 1)号", today: today)
    }

    /// A synthetic identity number: born 1900 to 1913.
    public static func residentID(_ number: Int, division: String = "430602") throws -> ResidentID {
        let birthDay = try LegalDay(year: 1900, month: 1, day: 1).adding(days: (number * 37) % 5_000)
        let order = padded(1 + (number / 5_000 * 100 + number) % 999).suffix(3)
        let body = division + birthDay.digits + order
        for check in "0123456789X" {
            if let id = try? ResidentID(exactly: body + String(check)) { return id }
        }
        // Reached only for a division that is none.
        return try ResidentID(exactly: body + "0")
    }

    /// The synthetic enterprise of a number.
    public static func enterprise(_ number: Int, division: String = "430600") throws -> EnterpriseProfile {
        try EnterpriseProfile(
            name: "岳阳市示例\(number + 1)号商贸有限公司", creditCode: try creditCode(number, division: division).text,
            legalRepresentative: name(number), address: "湖南省岳阳市示例路\(number + 1)号")
    }

    /// A synthetic credit code of an enterprise.
    public static func creditCode(_ number: Int, division: String = "430600") throws -> CreditCode {
        let alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
        let subject = "M9YY" + padded(number)
        for organisationCheck in alphabet where OrganisationCode.isValid(subject + String(organisationCheck)) {
            for check in alphabet {
                let code = "91" + division + subject + String(organisationCheck) + String(check)
                if let code = try? CreditCode(exactly: code) { return code }
            }
        }
        return try CreditCode(exactly: "91" + division + subject + "00")
    }

    /// A random password for a sample account.
    public static func password(for loginName: String, seed: Seed) -> String {
        GeneratedPassword.make(loginName, seed: seed)
    }

    private static let surnames = Array("赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏")
    private static let given = ["明远", "思源", "文博", "雅琴", "国庆", "秀英", "子涵", "建国", "晓梅", "志强", "玉兰"]

    private static func name(_ number: Int) -> String {
        "\(surnames[number % surnames.count])\(given[number / surnames.count % given.count])"
    }

    private static func padded(_ number: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}
