import Extension

/// `，是否想写“…”`, where a name is near enough to be meant; otherwise nothing.
func nearestHint(_ word: String, _ candidates: some Sequence<String>) -> String {
    nearest(to: word, among: candidates).map { "，是否想写“\($0)”" } ?? ""
}
