/// The table of administrative divisions: the provinces, Hunan down to its counties, Yueyang's functional zones, and
/// the retired codes that identity numbers still carry.
public struct Divisions: Hashable, Sendable {
    private let byCode: [DivisionCode: Division]

    /// The table of this release (`reference/divisions.json`).
    public static let published = Divisions(publishedRows)

    /// A table of some rows. Where a code is given twice, the later row counts.
    ///
    /// - Parameter rows: in any order.
    public init(_ rows: [Division]) {
        byCode = Dictionary(rows.map { ($0.code, $0) }, uniquingKeysWith: { $1 })
    }

    /// The table with more rows, such as the zones of another city.
    ///
    /// - Parameter rows: added, or put in place of rows with the same code.
    public func adding(_ rows: [Division]) -> Divisions {
        Divisions(Array(byCode.values) + rows)
    }

    /// The row of a code, retired codes included; nil if the table does not have it.
    public subscript(code: DivisionCode) -> Division? {
        byCode[code]
    }

    /// All rows, by code.
    public var all: [Division] {
        byCode.values.sorted { $0.code.text < $1.code.text }
    }

    /// The divisions directly below another one, by code, without retired ones.
    public func children(of code: DivisionCode) -> [Division] {
        all.filter { $0.parent == code && $0.retirement == nil }
    }

    /// The division in force for a code: itself, or what a retired code has become.
    public func current(_ code: DivisionCode) -> Division? {
        guard let division = byCode[code], let retirement = division.retirement else { return byCode[code] }
        return byCode[retirement.successor]
    }

    /// The divisions in force that bear a name or short name, by code.
    ///
    /// - Parameter name: the whole name; there are several only across prefectures.
    public func named(_ name: String) -> [Division] {
        all.filter { $0.retirement == nil && ($0.name == name || $0.shortName == name) }
    }

    /// The name with all names above it, such as `湖南省岳阳市岳阳楼区`; nil if the table does not have the code.
    public func fullName(of code: DivisionCode) -> String? {
        guard let division = byCode[code] else { return nil }
        return (division.parent.flatMap(fullName(of:)) ?? "") + division.name
    }
}
