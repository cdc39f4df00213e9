public import ArgumentParser
public import PluginKit

/// 无证明城市: which proofs are still asked for, and what people need not bring (四免改革, R14.1, R14.3, R14.7–R14.10,
/// R14.12, R14.15, R14.16).
public struct CertificateFreePlugin: ServicePlugin {
    public static let manifest = PluginManifest(
        id: "certificate-free", version: "1.0.0", title: "无证明城市", owner: "行政审批服务局",
        requires: [.organisation, .identity, .catalogue, .casework, .licences])

    public static let migrations = [
        Migration(
            "0001-proofs",
            """
            CREATE TABLE certificate_free_proof (
                division TEXT NOT NULL,
                id TEXT NOT NULL,
                code TEXT NOT NULL,
                title TEXT NOT NULL,
                aliases TEXT NOT NULL,
                asked_by TEXT NOT NULL,
                issuer TEXT NOT NULL,
                basis TEXT NOT NULL,
                state TEXT NOT NULL,
                replacement TEXT NOT NULL,
                channels TEXT NOT NULL,
                PRIMARY KEY (division, code)
            );
            CREATE UNIQUE INDEX certificate_free_proof_id ON certificate_free_proof (id);
            CREATE TABLE certificate_free_report (
                division TEXT NOT NULL,
                report TEXT NOT NULL,
                proof TEXT NOT NULL,
                outcome TEXT NOT NULL,
                PRIMARY KEY (division, report)
            )
            """)
    ]

    public static var commands: [any ParsableCommand.Type] {
        [ListProofs.self, ImportProofs.self, ProofTemplate.self, CheckDemands.self]
    }

    private let register: ProofRegister
    private let reports: ProofReports

    public init(settings: NoSettings, host: PluginHost) throws {
        register = try ProofRegister(host)
        reports = ProofReports(register)
    }

    public var contributions: [any Contribution] {
        ProofRegister.keep
        register.state.check()
        register.demandHealth
        ProofEndpoints(register: register, reports: reports).all
        ProofPages(register: register, reports: reports).all
        On(HiddenApprovalReported.self) { [reports] event, _, transaction in
            try reports.note(event.report, about: event.subject, in: transaction)
        }
        On(HiddenApprovalClosed.self) { [reports] event, _, transaction in
            try reports.note(event.report, event.outcome, in: transaction)
        }
    }
}
