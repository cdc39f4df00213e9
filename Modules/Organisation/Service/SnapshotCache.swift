import Synchronization

/// The newest committed snapshot that this process has loaded.
final class SnapshotCache: Sendable {
    private let held = Mutex<OrganisationSnapshot?>(nil)

    var current: OrganisationSnapshot? { held.withLock { $0 } }

    /// Keeps the newer one, since two readers may load at once.
    func store(_ snapshot: OrganisationSnapshot) {
        held.withLock { if ($0?.version ?? -1) < snapshot.version { $0 = snapshot } }
    }
}
