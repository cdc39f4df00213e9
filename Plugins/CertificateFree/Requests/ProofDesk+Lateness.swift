import PluginKit

extension ProofDesk {
    /// How many requests have gone past their last day without an answer.
    var lateness: Gauge {
        Gauge("requests_overdue", help: "Proof requests past their last day", title: "超期未答复的证明核验") { snapshot, now in
            let row = try snapshot.row(
                "SELECT count(*) AS total FROM certificate_free_request WHERE state = ? AND due < ?",
                ProofRequest.State.open.rawValue, now.day)
            return [Gauge.Sample(Double(try row?.get("total", as: Int.self) ?? 0))]
        }
    }
}
