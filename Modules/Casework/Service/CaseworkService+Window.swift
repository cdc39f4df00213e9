public import Extension
import Standards
public import Storage

extension CaseworkService {
    /// Accepts a case at the window.
    public func accept(
        _ id: Identifier, expected: Int? = nil, by act: Act, in transaction: Transaction
    ) throws -> CaseFile {
        try change(id, expected: expected, by: act, in: transaction, access: CaseAccess.clerk) { file, context in
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

    /// Ends a case without a decision.
    public func terminate(
        _ id: Identifier, reason: String, expected: Int? = nil, by act: Act, in transaction: Transaction
    ) throws -> CaseFile {
        try change(id, expected: expected, by: act, in: transaction, access: CaseAccess.clerk) { file, context in
            try file.terminate(reason: reason, in: context)
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
                    do {
                        _ = try change(id, by: act, in: transaction, access: { _, _ in }) { file, context in
                            try file.deemAccepted(in: context)
                        }
                        return true
                    } catch let error as CaseworkError where error.code == .wrongState {
                        return false
                    }
                }
                if accepted { count += 1 }
            }
        }
    }
}
