public import Storage

/// `yiciban audit verify` runs the checks of every service and enabled plugin.
extension StateCheck: Contribution {}

/// As are these.
extension ContentCheck: Contribution {}
