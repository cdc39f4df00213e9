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
            """),
        Migration(
            "0002-requests",
            """
            CREATE TABLE certificate_free_request (
                division TEXT NOT NULL,
                id TEXT NOT NULL,
                way TEXT NOT NULL,
                proof TEXT NOT NULL,
                case_id TEXT,
                asker TEXT,
                answerer TEXT NOT NULL,
                ground TEXT NOT NULL,
                state TEXT NOT NULL,
                subject BLOB NOT NULL,
                asked_at BIGINT NOT NULL,
                due BIGINT,
                readable_until BIGINT,
                answered_at BIGINT,
                answer TEXT,
                licence TEXT,
                body BLOB NOT NULL,
                PRIMARY KEY (division, id)
            );
            CREATE UNIQUE INDEX certificate_free_request_id ON certificate_free_request (id);
            CREATE INDEX certificate_free_request_answerer ON certificate_free_request (answerer, id);
            CREATE INDEX certificate_free_request_asker ON certificate_free_request (asker, id);
            CREATE INDEX certificate_free_request_subject ON certificate_free_request (subject, id);
            CREATE INDEX certificate_free_request_due ON certificate_free_request (state, due)
            """),
        Migration(
            "0003-counts",
            """
            CREATE TABLE certificate_free_count (
                division TEXT NOT NULL,
                month TEXT NOT NULL,
                kind TEXT NOT NULL,
                name TEXT NOT NULL,
                total BIGINT NOT NULL,
                PRIMARY KEY (division, month, kind, name)
            )
            """),
    ]

    public static let encryptedColumns = [RequestStore.body]

    public static var commands: [any ParsableCommand.Type] {
        [
            ListProofs.self, ImportProofs.self, ProofTemplate.self, CheckDemands.self, ListOverdue.self,
            ShowExemptions.self,
        ]
    }

    /// Its settings.
    public struct Settings: PluginSettings {
        let answerDays: Int
        let validDays: Int
        let issueTarget: Int
        let recognitionTarget: Int
        let sceneTarget: Int
        private let domains: [LicenceDomain: [String]]

        public init(from reader: SettingsReader) throws {
            answerDays = try reader.int("answerDays", default: 3, in: 1...20, doc: "证明核验和开具，几个工作日内答复")
            validDays = try reader.int("validDays", default: 30, in: 1...365, doc: "开具的电子证明有效多少天")
            issueTarget = try reader.int("issueTarget", default: 100, in: 0...10_000, doc: "可以开具的证明种类的目标数")
            recognitionTarget = try reader.int(
                "recognitionTarget", default: 10, in: 0...10_000, doc: "跨部门互认的证照种类的目标数")
            sceneTarget = try reader.int("sceneTarget", default: 50, in: 0...10_000, doc: "企业免核验场景的目标数")
            var domains: [LicenceDomain: [String]] = [:]
            for domain in LicenceDomain.allCases {
                domains[domain] = try reader.list(
                    domain.setting, default: domain.usual, doc: "计入“\(domain.rawValue)”领域免提交的证照名称")
            }
            self.domains = domains
        }

        /// The licences of one of the four fields.
        func licences(of domain: LicenceDomain) -> [String] { domains[domain] ?? [] }
    }

    private let register: ProofRegister
    private let counting: CaseTally
    private let reports: ProofReports
    private let desk: ProofDesk

    public init(settings: Settings, host: PluginHost) throws {
        register = try ProofRegister(host)
        reports = ProofReports(register)
        desk = try ProofDesk(host, settings)
        counting = CaseTally(desk)
    }

    public var contributions: [any Contribution] {
        ProofRegister.keep
        register.state.check()
        register.demandHealth
        register.demandRule
        ProofEndpoints(register: register, reports: reports).all
        ProofPages(register: register, reports: reports).all
        ProofDesk.query
        ProofDesk.answer
        desk.store.state.check()
        desk.lateness
        ProofNotices(desk: desk).all
        RequestEndpoints(desk: desk).all
        RequestPages(desk: desk).all
        MyProofPages(desk: desk).all
        ExemptionSurfaces(desk: desk).all
        On("case.submitted", as: CaseTally.Submitted.self) { [counting] event, act, transaction in
            try counting.count(event, by: act, in: transaction)
        }
        On(HiddenApprovalReported.self) { [reports] event, _, transaction in
            try reports.note(event.report, about: event.subject, in: transaction)
        }
        On(HiddenApprovalClosed.self) { [reports] event, _, transaction in
            try reports.note(event.report, event.outcome, in: transaction)
        }
    }
}
