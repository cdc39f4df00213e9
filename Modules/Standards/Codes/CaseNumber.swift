/// The number of a case (办件编号), by which applicants and other systems name it.
///
/// - One item: ``TaskCode`` 31, the day `yyyyMMdd`, a serial of four digits that grows to six: 43 to 45 characters,
///   the form seen on the national platform.
/// - A theme: credit code of the accepting agency 18, level 1, ``ThemeCode`` 12, the day, a serial of six digits: 45
///   characters. The rule is ours; it has the shape of an item's number, and the digits 99 after the level tell that
///   it is a theme's.
public struct CaseNumber: StandardText {
    /// What the case is about.
    public enum Subject: Hashable, Sendable {
        /// One item at an organ.
        case item(TaskCode)
        /// A theme, accepted by an agency for all departments that take part.
        case theme(ThemeCode, agency: CreditCode, level: AdministrativeLevel)
    }

    /// What the case is about.
    public let subject: Subject
    /// The legal day on which the number was given.
    public let day: LegalDay
    /// The serial within the subject and the day, 1 to 999999.
    public let serial: Int

    /// The number of a case.
    ///
    /// - Parameters:
    ///   - subject: the item or the theme.
    ///   - day: the legal day on which the number is given.
    ///   - serial: 1 to 999999 within the subject and the day.
    /// - Throws: ``StandardsError/Code/caseNumberForm``.
    public init(subject: Subject, day: LegalDay, serial: Int) throws(StandardsError) {
        guard (1...999_999).contains(serial) else {
            throw StandardsError(.caseNumberForm, "办件流水号应在1到999999之间；当日号码用完的，请联系管理员。")
        }
        self.subject = subject
        self.day = day
        self.serial = serial
    }

    /// The number of a case of one item.
    public init(item: TaskCode, day: LegalDay, serial: Int) throws(StandardsError) {
        try self.init(subject: .item(item), day: day, serial: serial)
    }

    /// The number of a case of a theme.
    ///
    /// - Parameters:
    ///   - theme: the theme.
    ///   - agency: the credit code of the agency that accepts the case.
    ///   - level: the agency's level.
    ///   - day: the legal day on which the number is given.
    ///   - serial: 1 to 999999.
    public init(
        theme: ThemeCode, agency: CreditCode, level: AdministrativeLevel, day: LegalDay, serial: Int
    ) throws(StandardsError) {
        try self.init(subject: .theme(theme, agency: agency, level: level), day: day, serial: serial)
    }

    /// Reads a number of either form.
    ///
    /// - Parameter text: 43 to 45 characters.
    /// - Throws: ``StandardsError/Code/caseNumberForm``, or the error of the part that is wrong.
    public init(_ text: String) throws(StandardsError) {
        let number = Typing.normalised(text)
        let isTheme = number[offsets: 19..<21] == "99"
        let tail = number.dropFirst(39)
        guard number.count == number.utf8.count, (isTheme ? 6...6 : 4...6).contains(tail.utf8.count),
            let day = LegalDay(digits: number[offsets: 31..<39]), let serial = tail.digitsValue,
            let levelNumber = number[offsets: 18..<19].digitsValue,
            let level = AdministrativeLevel(rawValue: levelNumber),
            isTheme || tail.utf8.count == max(4, String(serial).utf8.count)
        else {
            throw StandardsError(.caseNumberForm, "办件编号的写法不对，请对照受理回执逐位核对，或用手机扫描回执上的二维码。")
        }
        if isTheme {
            try self.init(
                theme: ThemeCode(number[offsets: 19..<31]), agency: CreditCode(legacy: number[offsets: 0..<18]),
                level: level, day: day, serial: serial)
        } else {
            try self.init(item: TaskCode(number[offsets: 0..<31]), day: day, serial: serial)
        }
    }

    public var text: String {
        switch subject {
        case .item(let task): task.text + day.digits + serial.padded(4)
        case .theme(let theme, let agency, let level):
            "\(agency.text)\(level.rawValue)\(theme.text)\(day.digits)\(serial.padded(6))"
        }
    }
}
