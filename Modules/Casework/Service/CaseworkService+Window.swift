public import Extension
import Standards
public import Storage

extension CaseworkService {
    /// Accepts a case at the window.
    public func accept(
        _ id: Identifier, expected: Int? = nil, by act: Act, in transaction: Transaction
    ) throws -> CaseFile {
        try change(id, expected: expected, by: act, in: transaction, access: CaseAccess.clerk) { file, context in
            try requireListed(context, in: file.division, transaction)
            try file.accept(in: context)
        }
    }

    /// Sends the one complete correction notice; the departments' faults are merged into it.
    public func requestCorrection(
        _ id: Identifier, faults: [Fault], expected: Int? = nil, by act: Act, in transaction: Transaction
    ) throws -> CaseFile {
        try change(id, expected: expected, by: act, in: transaction, access: CaseAccess.clerk) { file, context in
            try file.requestCorrection(faults, in: context)
        }
    }

    /// Does not accept a case, naming the competent agency.
    public func refuseAcceptance(
        _ id: Identifier, reason: String, competentAgency: String, expected: Int? = nil, by act: Act,
        in transaction: Transaction
    ) throws -> CaseFile {
        try change(id, expected: expected, by: act, in: transaction, access: CaseAccess.clerk) { file, context in
            try file.refuseAcceptance(reason: reason, competentAgency: competentAgency, in: context)
        }
    }

    /// Sets aside what a department named before acceptance.
    ///
    /// - Parameter number: which of the case's department faults, counted from 1.
    public func setAsideFault(
        _ number: Int, of id: Identifier, reason: String, expected: Int? = nil, by act: Act,
        in transaction: Transaction
    ) throws -> CaseFile {
        try change(id, expected: expected, by: act, in: transaction, access: CaseAccess.clerk) { file, context in
            try file.setAsideFault(number, reason: reason, in: context)
        }
    }

    /// Ends a case without a decision, on one of the legal grounds.
    public func terminate(
        _ id: Identifier, on ground: TerminationGround, reason: String, expected: Int? = nil, by act: Act,
        in transaction: Transaction
    ) throws -> CaseFile {
        try change(id, expected: expected, by: act, in: transaction, access: CaseAccess.clerk) { file, context in
            try file.terminate(on: ground, reason: reason, in: context)
        }
    }

    /// The applicant takes the case back.
    public func withdraw(
        _ id: Identifier, expected: Int? = nil, by act: Act, in transaction: Transaction
    ) throws -> CaseFile {
        try change(id, expected: expected, by: act, in: transaction, access: CaseAccess.applicant) { file, context in
            try file.withdraw(in: context)
        }
    }

    /// Accepts every case that the offices left unanswered for too long; a job calls it.
    ///
    /// - Returns: how many cases were accepted.
    public func deemAccepted(by act: Act) async throws -> Int {
        var count = 0
        while true {
            let overdue = try await database.read { snapshot in
                try snapshot.rows(
                    "SELECT id FROM case_file WHERE state = ? AND accept_by < ? ORDER BY accept_by, id LIMIT 100",
                    CaseState.submitted.rawValue, act.now.day
                ).map { try $0.get("id", as: Identifier.self) }
            }
            if overdue.isEmpty { return count }
            for id in overdue {
                // Between reading and locking a clerk may have been quicker; then there is nothing left to do.
                let accepted = try await database.write { [self] transaction in
                    // The change itself does nothing: what the law has brought about comes before every change.
                    let file = try change(id, by: act, in: transaction, access: { _, _ in }) { _, _ in }
                    return file.acceptance?.mode == .deemed
                }
                if accepted { count += 1 }
            }
        }
    }
}
