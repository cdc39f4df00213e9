import PluginKit

/// The six fields that nobody fills in (免填写, R14.10).
enum ExemptField: CaseIterable {
    case name, gender, idNumber, address, mobile, creditCode

    var key: PrefillKey {
        switch self {
        case .name: .applicantName
        case .gender: .applicantGender
        case .idNumber: .applicantIDNumber
        case .address: .applicantAddress
        case .mobile: .applicantMobile
        case .creditCode: .enterpriseCreditCode
        }
    }

    var title: String {
        switch self {
        case .name: "姓名"
        case .gender: "性别"
        case .idNumber: "身份证号码"
        case .address: "住址"
        case .mobile: "手机号"
        case .creditCode: "企业信用代码"
        }
    }

    static let keys = Set(allCases.map(\.key.rawValue))
}

/// The four fields whose licences nobody hands in (免提交, R14.8).
public enum LicenceDomain: String, Sendable, CaseIterable {
    case marriage = "婚姻登记"
    case social = "社保登记"
    case practice = "执业资格"
    case business = "经营许可"

    /// The setting that names its licences.
    var setting: String {
        switch self {
        case .marriage: "marriageLicences"
        case .social: "socialLicences"
        case .practice: "practiceLicences"
        case .business: "businessLicences"
        }
    }

    /// The licences that count where the settings name none.
    var usual: [String] {
        switch self {
        case .marriage: ["结婚证", "离婚证"]
        case .social: ["社会保障卡", "社会保险登记证"]
        case .practice: ["医师执业证书", "护士执业证书", "执业药师注册证", "教师资格证", "律师执业证"]
        case .business: ["营业执照", "食品经营许可证", "药品经营许可证", "公共场所卫生许可证", "道路运输经营许可证"]
        }
    }
}
