public import Testing

/// Claims rows of `Docs/requirements.json` for a test, so that `make requirements` can list the rows nobody covers.
///
/// The claim is read from the source text; at run time the trait only checks that each row has the form `R12.7`.
public struct CoversTrait: TestTrait, SuiteTrait {
    /// The claimed rows, for example `R12.7`.
    public let rows: [String]

    public var isRecursive: Bool { true }

    public func prepare(for test: Test) async throws {
        for row in rows where row.wholeMatch(of: /R\d{2}\.\d{1,2}/) == nil {
            Issue.record("\(row) is not a requirement row; write it like R12.7")
        }
    }
}

extension Trait where Self == CoversTrait {
    /// Says which requirement rows the test demonstrates.
    ///
    /// - Parameter rows: row IDs such as `R12.7` of the requirements table.
    public static func covers(_ rows: String...) -> Self {
        CoversTrait(rows: rows)
    }
}
