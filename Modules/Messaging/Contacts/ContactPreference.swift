public import Extension
public import Standards
public import Storage

/// How a person wants to be reached (联系方式偏好).
public struct ContactPreference: Sendable, Hashable, Codable {
    /// The person wants no short messages.
    public var declinesSMS = false
    /// The person wants everything on paper too.
    public var wantsPaper = false
    /// Since when the person agrees that papers of legal force are served by opening them in the portal (同意电子送达); nil
    /// while it does not.
    public var electronicSince: LegalDay?
    /// The address for letters, when it is another than the registered one.
    public var address: String?
    /// Who is told in the person's stead.
    public var helper: Helper?
    /// The version of the stored record; 0 when nothing was recorded.
    public var version = 0

    enum CodingKeys: CodingKey { case declinesSMS, wantsPaper, electronicSince, address, helper }

    public init() {}

    /// A named helper (指定联系人): somebody with a telephone who passes on what the person could not get by SMS.
    public struct Helper: Sendable, Hashable, Codable {
        public let name: String
        public let phone: String
        /// What the helper is to the person, such as 女儿.
        public let relation: String
        /// The last day on which the helper is told; nil when it ends only when it is taken back.
        public let endsOn: LegalDay?
        /// The account that recorded it, at a window or the person's own.
        public let recordedBy: Identifier?
        public let recordedOn: LegalDay

        /// Whether the helper is told on a day.
        public func isInForce(on day: LegalDay) -> Bool { endsOn.map { day <= $0 } ?? true }
    }
}

/// What is typed to change it.
public struct ContactInput: SchemaType {
    public var declinesSMS = false
    public var wantsPaper = false
    /// Whether papers may be served electronically (同意电子送达).
    public var acceptsElectronic = false
    public var address: String?
    public var helperName: String?
    public var helperPhone: String?
    public var helperRelation: String?
    public var helperEndsOn: LegalDay?
    /// Whether the person and the helper both agree (双方同意).
    public var helperAgreed = false

    public init() {}

    public static let schema = Schema<Self>(fields: preference)

    static let preference: [Field<Self>] = [
        Field("declines_sms", \.declinesSMS, .flag.withDefault, doc: "不接收短信"),
        Field("wants_paper", \.wantsPaper, .flag.withDefault, doc: "同时寄送纸质通知"),
        Field("accepts_electronic", \.acceptsElectronic, .flag.withDefault, doc: "同意电子送达：在消息里打开文书即为送达"),
        Field("address", \.address, .optional(.text(max: 200)), doc: "收信地址；不写就用登记的地址"),
        Field("helper_name", \.helperName, .optional(.text(max: 40)), doc: "指定联系人姓名；不写就没有指定联系人"),
        Field("helper_phone", \.helperPhone, .optional(.text(max: 20)), doc: "指定联系人手机号码"),
        Field("helper_relation", \.helperRelation, .optional(.text(max: 20)), doc: "与本人的关系"),
        Field("helper_ends_on", \.helperEndsOn, .optional(.day), doc: "到哪一天为止；不写就一直有效"),
        Field("helper_agreed", \.helperAgreed, .flag.withDefault, doc: "本人和联系人都同意由联系人转告"),
    ]

    /// The preference that was typed.
    ///
    /// - Throws: ``MessagingError`` with all findings.
    func preference(
        recordedBy account: Identifier?, on today: LegalDay, after known: ContactPreference
    ) throws -> ContactPreference {
        var preference = ContactPreference()
        preference.declinesSMS = declinesSMS
        preference.wantsPaper = wantsPaper
        preference.electronicSince = acceptsElectronic ? known.electronicSince ?? today : nil
        let address = Self.text(address)
        preference.address = address
        let name = Self.text(helperName)
        let phone = Self.text(helperPhone)
        let relation = Self.text(helperRelation)
        var findings: [Finding] = []
        if name != nil || phone != nil || relation != nil || helperEndsOn != nil || helperAgreed {
            if name == nil {
                findings.append(Finding("helper_name", "field.required", "请填写指定联系人的姓名；不需要联系人的，请把这几项都清空。"))
            }
            if relation == nil { findings.append(Finding("helper_relation", "field.required", "请填写联系人与本人的关系，例如 女儿。")) }
            var number: MobileNumber?
            do {
                number = try MobileNumber(phone ?? "")
            } catch {
                findings.append(Finding("helper_phone", error.code.rawValue, error.message))
            }
            if let end = helperEndsOn, end < today {
                findings.append(Finding("helper_ends_on", "field.day", "截止日期已经过去，请改成今天或以后，或者不填。"))
            }
            if !helperAgreed {
                findings.append(Finding("helper_agreed", "field.required", "要本人和联系人都同意，才能由联系人转告。请确认后勾选。"))
            }
            if findings.isEmpty, let name, let number, let relation {
                preference.helper = ContactPreference.Helper(
                    name: name, phone: number.text, relation: relation, endsOn: helperEndsOn, recordedBy: account,
                    recordedOn: today)
            }
        }
        if !findings.isEmpty { throw MessagingError.invalid(findings) }
        return preference
    }

    private static func text(_ text: String?) -> String? {
        let text = (text ?? "").withoutInvisibles.trimmed
        return text.isEmpty ? nil : text
    }
}
