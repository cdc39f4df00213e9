/// The arrows that DESIGN §3 allows: who may import whom. What is not named here is refused.
enum Arrows {
    /// From the ground up: each may import everything that stands before it in this list.
    static let ground = ["Standards", "Cryptography", "Storage", "Extension", "Organisation", "Messaging"]

    /// The services; each stands on the ground.
    static let services = [
        "Identity", "OpenID", "Catalogue", "Casework", "ESeal", "Licences", "Exchange", "Faces", "Hall",
        "Payment",
    ]

    /// Beside the ground: files of other programs, used by the services and the console.
    static let beside: [String: Set<String>] = ["Documents": ["Cryptography", "Standards"]]

    /// The arrows between services and above them.
    static let named: [String: Set<String>] = [
        "Casework": ["Catalogue"],
        "Licences": ["ESeal"],
        "Exchange": ["Catalogue"],
        // Lets other systems know who signed in.
        "OpenID": ["Identity"],
        // Prints the notices that go by paper.
        "Messaging": ["Documents"],
        "Wiring": Set(services),
        "PluginKit": Set(services),
        // Below PluginKit: the checker needs the planner and nothing of the other services.
        "ThemeBundles": ["Catalogue", "Casework"],
        // Drafts of bundles: beside Kernel's installer, so that the portal can show them.
        "ThemeEditing": ["Catalogue", "ThemeBundles"],
        "Kernel": ["PluginKit", "ThemeBundles", "ThemeEditing", "Wiring"],
        "HTTPService": ["Kernel", "PluginKit"],
        "Portal": ["HTTPService", "PluginKit", "ThemeBundles", "ThemeEditing"],
        "Console": ["Kernel", "PluginKit", "ThemeBundles"],
        "AgeFriendly": ["PluginKit"],
        "ZoneEmpowerment": ["PluginKit"],
        "CertificateFree": ["PluginKit"],
        "CrossRegion": ["PluginKit"],
        "StandardDistribution": ["PluginKit", "AgeFriendly", "CertificateFree", "CrossRegion", "ZoneEmpowerment"],
        "StandardThemes": [],
        "Composition": [
            "Console", "HTTPService", "Portal", "Kernel", "PluginKit", "StandardDistribution", "StandardThemes",
        ],
        "yiciban": ["Composition", "Console"],
        "yiciban-server": ["Composition", "Console"],
    ]

    /// Modules above the services that may reach down to the ground by name, besides what PluginKit re-exports.
    static let reachingDown: [String: Set<String>] = [
        "Wiring": Set(ground), "PluginKit": Set(ground), "ThemeBundles": ["Extension", "Cryptography", "Standards"],
        "ThemeEditing": ["Extension", "Storage", "Standards"],
        "Kernel": ["Storage", "Cryptography", "Standards", "Extension"],
        "HTTPService": ["Cryptography", "Standards", "Storage", "Extension"],
        "Portal": ["Cryptography", "Standards", "Extension", "Documents"],
        "Console": ["Cryptography", "Standards", "Storage", "Extension", "Documents"],
    ]

    /// All modules of ours.
    static let modules = Set(ground + services + Array(beside.keys) + Array(named.keys))

    /// What a module may import of ours.
    static func allowed(for module: String) -> Set<String> {
        if let position = ground.firstIndex(of: module) {
            return Set(ground[..<position]).union(named[module] ?? [])
        }
        if let below = beside[module] { return below }
        let below = services.contains(module) ? Set(ground).union(beside.keys) : reachingDown[module] ?? []
        return below.union(named[module] ?? [])
    }

    /// Third-party modules that only one place may import.
    static let keepers: [String: Set<String>] = [
        "GRDB": ["Storage"], "CLibPQ": ["Storage"], "CLibCrypto": ["Cryptography"], "Mustache": ["Portal"],
        "Hummingbird": ["HTTPService"], "CLibZip": ["Documents"], "CXLSXWriter": ["Documents"],
        "CPango": ["Documents"], "CQRCode": ["Documents"],
    ]
}
