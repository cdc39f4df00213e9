import Extension
import Standards
import Storage

extension IdentityService {
    /// Forgets what has ended: sessions, counts of failures, devices and inputs that nobody sent.
    var sweep: Job {
        Job("identity.sweep", every: .seconds(3600)) { act in try await removeEnded(at: act.now) }
    }

    func removeEnded(at now: Instant) async throws {
        let idle = max(settings.idleLimit, settings.elderIdleLimit) + SessionRecord.touchInterval
        let absolute = settings.absoluteLimit
        try await database.write { transaction in
            try transaction.execute(
                "DELETE FROM identity_session WHERE seen_at <= ? OR created_at <= ?", now.adding(.zero - idle),
                now.adding(.zero - absolute))
            try transaction.execute(
                "DELETE FROM identity_attempt WHERE last_at <= ?", now.adding(.zero - NameLimit.forgottenAfter))
            try transaction.execute(
                "DELETE FROM identity_device WHERE used_at <= ?", now.adding(.zero - DeviceLimit.forgottenAfter))
            try transaction.execute("DELETE FROM identity_phone_code WHERE ends_at <= ?", now)
            try transaction.execute("DELETE FROM identity_passkey_challenge WHERE ends_at <= ?", now)
            try transaction.execute("DELETE FROM identity_challenge WHERE ends_at <= ?", now)
            try transaction.execute(
                "DELETE FROM identity_kept_input WHERE kept_at <= ?", now.adding(.zero - Self.keptInputLifetime))
        }
    }
}
