import PluginKit

/// The kernel's own jobs.
struct KernelContributions {
    private let foundation: KernelFoundation

    init(_ foundation: KernelFoundation) { self.foundation = foundation }

    var all: [any Contribution] {
        let database = foundation.database
        let key = foundation.deploymentKey
        return [
            Job("checkpoint", every: .seconds(3_600)) { act in
                while try await Journal.checkpoint(signing: key, on: database, at: act.now) != nil {}
            },
            Job("forget-idempotency-keys", every: .seconds(3_600)) { act in
                // A client that has not repeated its request within two days never will.
                try await IdempotencyKeys.expire(before: act.now.adding(.seconds(-172_800)), on: database)
            },
        ] + KernelHealth(foundation).checks + KernelGauges(foundation).gauges
    }
}
