extension StandardsError.Code {
    /// A required text is empty.
    public static let empty = Self("empty")

    /// A resident ID number does not have 18 characters.
    public static let residentIDLength = Self("resident_id.length")
    /// A 15-digit number of the first generation was given where 18 characters are needed.
    public static let residentIDFirstGeneration = Self("resident_id.first_generation")
    /// A resident ID number holds a character that has no place there.
    public static let residentIDCharacter = Self("resident_id.character")
    /// The first six digits of a resident ID number belong to no region.
    public static let residentIDDivision = Self("resident_id.division")
    /// The birth date inside a resident ID number is not a day of the calendar.
    public static let residentIDBirthDay = Self("resident_id.birth_day")
    /// The birth date inside a resident ID number has not come yet.
    public static let residentIDFuture = Self("resident_id.future")
    /// The check character of a resident ID number is wrong.
    public static let residentIDChecksum = Self("resident_id.checksum")

    /// A unified social credit code does not have 18 characters.
    public static let creditCodeLength = Self("credit_code.length")
    /// A unified social credit code holds a character outside its alphabet.
    public static let creditCodeCharacter = Self("credit_code.character")
    /// The registering department or the kind of body of a unified social credit code is not defined.
    public static let creditCodeKind = Self("credit_code.kind")
    /// The division inside a unified social credit code is unknown.
    public static let creditCodeDivision = Self("credit_code.division")
    /// The check character of a unified social credit code is wrong.
    public static let creditCodeChecksum = Self("credit_code.checksum")
    /// An organisation code does not have the form of GB 11714.
    public static let organisationCodeForm = Self("organisation_code.form")
    /// The check character of an organisation code is wrong.
    public static let organisationCodeChecksum = Self("organisation_code.checksum")

    /// A division code is neither six digits nor a local zone code.
    public static let divisionForm = Self("division.form")
    /// A division code begins with a province that does not exist.
    public static let divisionUnknown = Self("division.unknown")

    /// A licence identifier does not have the form of GB/T 36904.
    public static let licenceForm = Self("licence.form")
    /// A licence identifier does not begin with the root of GB/T 36904.
    public static let licenceRoot = Self("licence.root")
    /// The version of a licence identifier is not 001 to 999, or no further version fits.
    public static let licenceVersion = Self("licence.version")
    /// The check character of a licence identifier is wrong.
    public static let licenceChecksum = Self("licence.checksum")

    /// A basic item code is not 12 digits beginning with a known region.
    public static let catalogueCodeForm = Self("catalogue_code.form")
    /// An implementing item code is not organ + level + basic code.
    public static let taskCodeForm = Self("task_code.form")
    /// A handling item code is not an implementing code with two more digits.
    public static let handlingItemForm = Self("handling_item.form")
    /// A theme code does not have our form.
    public static let themeCodeForm = Self("theme_code.form")
    /// A case number does not have one of the two forms, or its serial does not fit.
    public static let caseNumberForm = Self("case_number.form")

    /// A text or numbers name no day of the calendar between the years 1 and 9999.
    public static let day = Self("day")
    /// A text is no instant of RFC 3339.
    public static let instant = Self("instant")
    /// A text is no time limit.
    public static let timeLimit = Self("time_limit")
    /// A year of the working-day calendar contradicts itself.
    public static let calendarYear = Self("calendar.year")
    /// A year of the working-day calendar is already there.
    public static let calendarDuplicate = Self("calendar.duplicate")
    /// A calendar file cannot be read at all.
    public static let calendarFormat = Self("calendar.format")

    /// A text is no amount of yuan with at most two decimals.
    public static let moneyForm = Self("money.form")
    /// An amount leaves the range that 64 bits of fen can hold.
    public static let moneyOverflow = Self("money.overflow")

    /// A text is no mobile number of the mainland.
    public static let mobileNumber = Self("mobile_number")
    /// A name has no characters or too many.
    public static let personNameLength = Self("person_name.length")
    /// A name holds a character that no name has.
    public static let personNameCharacter = Self("person_name.character")
}
