import PluginKit

/// What the pages on which an applicant edits a case have in common.
struct CaseEditing {
    let services: PortalServices

    /// The case for its applicant.
    ///
    /// - Throws: `casework.not_found` for anybody else, other parties of the case included.
    func sight(_ request: PageRequest) async throws -> CaseSight {
        let sight = try await services.casework.sight(of: try request.identifier(), by: request.act)
        guard case .applicant = sight.role else { throw Problem.notFound("这件事") }
        return sight
    }

    /// Where somebody is sent who opens an editing page of a case that can't be edited any more, as the browser's back
    /// button does after the submission.
    func elsewhere(_ sight: CaseSight) -> PageReply? {
        switch sight.file.state {
        case .draft, .correction: nil
        default: .redirect("/cases/\(sight.file.id)?message=not-editable")
        }
    }

    /// The bar of steps of a draft; a correction has none, since only the faults are to be mended.
    static func steps(_ step: Step, _ file: CaseFile) -> ViewModel? { file.state == .draft ? step.bar : nil }

    /// What is to be mended in a correction, by target.
    static func faults(_ file: CaseFile) -> [String: String] {
        guard file.state == .correction, let notice = file.corrections.last else { return [:] }
        return Dictionary(notice.faults.map { ($0.target, $0.text) }) { "\($0) \($1)" }
    }
}

extension CaseFile {
    /// The address of the case.
    var url: String { "/cases/\(id)" }
}
