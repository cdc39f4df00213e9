import Cryptography
import Documents
import Extension
import Foundation
import Standards

/// The types of licences (证照类型目录) that a deployment knows: those that come with the program, with a county's own in
/// their place or beside them.
public struct LicenceTypes: Sendable, Hashable {
    /// In the order of the table.
    public let all: [LicenceType]
    private let byName: [String: LicenceType]

    /// - Parameter types: of two with the same name the later counts.
    public init(_ types: [LicenceType] = []) {
        let byName = Dictionary(types.map { ($0.name, $0) }, uniquingKeysWith: { $1 })
        var told: Set<String> = []
        all = types.compactMap { told.insert($0.name).inserted ? byName[$0.name] : nil }
        self.byName = byName
    }

    /// The types that come with the program, and those of a county's own table.
    ///
    /// - Parameter path: the county's table (CSV or XLSX); a path where there is none counts for nothing.
    /// - Throws: `Problem` with everything that is wrong with the table.
    public static func standard(extendedBy path: String? = nil) throws -> LicenceTypes {
        guard let shipped = Bundle.module.url(forResource: "licence-types", withExtension: "csv") else {
            throw Problem(500, "licences.types", "证照类型目录缺失", "程序自带的 licence-types.csv 不见了，请重新安装。")
        }
        var types = try LicenceTypeTable(path: shipped.path).types
        if let path, FileManager.default.fileExists(atPath: path) { types += try LicenceTypeTable(path: path).types }
        return LicenceTypes(types)
    }

    /// A type by its name; nil where the table has none.
    public subscript(name: String) -> LicenceType? { byName[name] }

    /// The code of a type.
    ///
    /// A type without a published code counts as one that the issuing organ defines itself (GB/T 36904-2018 permits it):
    /// the organ's credit code and three digits, 100 to 999, that always come out the same for the same name.
    func code(of type: String, issuer: CreditCode) -> String {
        if let code = byName[type]?.code { return code }
        let digest = SM3.hash(Array(type.utf8))
        return issuer.text + String(100 + (Int(digest[0]) << 8 | Int(digest[1])) % 900)
    }
}
