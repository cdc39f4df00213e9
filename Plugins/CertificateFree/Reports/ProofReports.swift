import PluginKit

/// What people report of offices that still ask for a proof which nobody may ask for. The reports go the way of all
/// reports of hidden approvals; here they are counted by proof.
struct ProofReports: Sendable {
    private let register: ProofRegister

    init(_ register: ProofRegister) { self.register = register }

    private static let prefix = "certificate-free/"

    /// Takes a report from anybody.
    ///
    /// - Returns: the code by which the reporter reads what came of it.
    /// - Throws: `Problem` 404 for an unknown proof, 409 for one that may be asked for; what the inventory refuses.
    func report(
        _ code: String, _ input: HiddenApprovalInput, by act: Act, in transaction: Transaction
    ) throws -> HiddenApprovalReceipt {
        let proof = try register.proof(code, in: transaction)
        guard !proof.state.mayBeDemanded else {
            throw Problem(
                409, "certificate-free.proof_kept", "这种证明还可以要求提供",
                "“\(proof.title)”依据\(proof.basis)保留。对索要的做法有意见的，请到“反映隐形审批”告诉我们。")
        }
        return try register.inventory.reportHiddenApproval(
            input,
            about: .init(
                key: Self.prefix + proof.code, title: "证明“\(proof.title)”（\(proof.code)，已\(proof.state.rawValue)）"),
            by: act, in: transaction)
    }

    /// Notes which proof a report was about.
    func note(_ report: Identifier, about subject: String?, in transaction: Transaction) throws {
        guard let subject, subject.hasPrefix(Self.prefix) else { return }
        try transaction.execute(
            """
            INSERT INTO certificate_free_report (division, report, proof, outcome) VALUES (?, ?, ?, '')
            ON CONFLICT (division, report) DO NOTHING
            """, register.division, report, String(subject.dropFirst(Self.prefix.count)))
    }

    /// Notes what came of a report.
    func note(_ report: Identifier, _ outcome: HiddenApproval.Outcome, in transaction: Transaction) throws {
        try transaction.execute(
            "UPDATE certificate_free_report SET outcome = ? WHERE division = ? AND report = ?", outcome.rawValue,
            register.division, report)
    }

    /// How often each proof was reported, and how often that was confirmed.
    func counts(in snapshot: Snapshot) throws -> [String: (all: Int, confirmed: Int)] {
        try snapshot.rows(
            """
            SELECT proof, count(*) AS total, CAST(sum(CASE WHEN outcome = ? THEN 1 ELSE 0 END) AS BIGINT) AS confirmed
            FROM certificate_free_report WHERE division = ? GROUP BY proof
            """, HiddenApproval.Outcome.confirmed.rawValue, register.division
        ).reduce(into: [:]) { $0[try $1.get("proof")] = (try $1.get("total"), try $1.get("confirmed")) }
    }
}
