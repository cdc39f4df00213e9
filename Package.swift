// swift-tools-version: 6.2
import PackageDescription

// Third-party products by short name, so that a target's dependencies read as a list of ideas.
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")
let httpTypes: Target.Dependency = .product(name: "HTTPTypes", package: "swift-http-types")
let nio: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let nioHTTP1: Target.Dependency = .product(name: "NIOHTTP1", package: "swift-nio")
let nioPosix: Target.Dependency = .product(name: "NIOPosix", package: "swift-nio")
let nioHTTPTypes: Target.Dependency = .product(name: "NIOHTTPTypes", package: "swift-nio-extras")
let mustache: Target.Dependency = .product(name: "Mustache", package: "swift-mustache")
let arguments: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let lifecycle: Target.Dependency = .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let signals: Target.Dependency = .product(name: "UnixSignals", package: "swift-service-lifecycle")

/// The services that plugins may use; `PluginKit` re-exports them.
let services: [Target.Dependency] = [
    "Messaging", "Identity", "OpenID", "Catalogue", "Casework", "ESeal", "Licences", "Exchange", "Faces", "Hall",
    "Payment",
]

/// A library target whose folder carries its name.
func module(
    _ name: String, in folder: String = "Modules", _ dependencies: [Target.Dependency] = [],
    exclude: [String] = [], resources: [Resource] = []
) -> Target {
    .target(
        name: name, dependencies: dependencies, path: "\(folder)/\(name)", exclude: exclude, resources: resources)
}

/// A test target with the support module.
func tests(_ name: String, _ dependencies: [Target.Dependency], resources: [Resource] = []) -> Target {
    .testTarget(
        name: name, dependencies: dependencies + ["TestSupport"], path: "Tests/\(name)", resources: resources)
}

let package = Package(
    name: "yiciban",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "yiciban", targets: ["yiciban"]),
        .executable(name: "yiciban-server", targets: ["yiciban-server"]),
        .executable(name: "yiciban-bench", targets: ["yiciban-bench"]),
        .library(name: "PluginKit", targets: ["PluginKit"]),
        .library(name: "Console", targets: ["Console"]),
        .library(name: "HTTPService", targets: ["HTTPService"]),
        .library(name: "Portal", targets: ["Portal"]),
        .library(name: "Composition", targets: ["Composition"]),
        .library(name: "StandardDistribution", targets: ["StandardDistribution"]),
    ],
    dependencies: [
        .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", exact: "2.1.1"),
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
        .package(url: "https://github.com/apple/swift-http-types", exact: "1.8.0"),
        // Hummingbird's own: the type of what passes through its channels.
        .package(url: "https://github.com/apple/swift-nio-extras", exact: "1.35.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
    ],
    targets: [
        // Modules, from the ground up.
        .systemLibrary(name: "CLibCrypto", path: "Modules/Cryptography/CLibCrypto", pkgConfig: "libcrypto"),
        .systemLibrary(name: "CLibPQ", path: "Modules/Storage/CLibPQ", pkgConfig: "libpq"),
        module("Standards"),
        module("Cryptography", ["CLibCrypto", "Standards"], exclude: ["CLibCrypto"]),
        .systemLibrary(name: "CLibZip", path: "Modules/Documents/CLibZip", pkgConfig: "libzip"),
        .systemLibrary(name: "CXLSXWriter", path: "Modules/Documents/CXLSXWriter", pkgConfig: "xlsxwriter"),
        .systemLibrary(name: "CPango", path: "Modules/Documents/CPango", pkgConfig: "pangocairo"),
        .systemLibrary(name: "CQRCode", path: "Modules/Documents/CQRCode", pkgConfig: "libqrencode"),
        module(
            "Documents", ["CLibZip", "CPango", "CQRCode", "CXLSXWriter", "Cryptography", "Standards"],
            exclude: ["CLibZip", "CPango", "CQRCode", "CXLSXWriter"]),
        module("Storage", ["Cryptography", "Standards", "CLibPQ", grdb, logging], exclude: ["CLibPQ"]),
        module("Extension", ["Storage", "Cryptography", "Standards", arguments, logging]),
        module("Organisation", ["Extension", "Storage", "Standards"]),
        module(
            "Messaging",
            ["Organisation", "Documents", "Extension", "Storage", "Cryptography", "Standards", arguments]),
        module(
            "Identity",
            ["Messaging", "Organisation", "Documents", "Extension", "Storage", "Cryptography", "Standards", arguments]),
        module(
            "OpenID",
            ["Identity", "Organisation", "Extension", "Storage", "Cryptography", "Standards", arguments]),
        module(
            "Catalogue",
            ["Organisation", "Documents", "Extension", "Storage", "Cryptography", "Standards", arguments]),
        module(
            "Casework",
            [
                "Catalogue", "Messaging", "Organisation", "Documents", "Extension", "Storage", "Cryptography",
                "Standards", arguments,
            ],
            resources: [.copy("Papers/Templates")]),
        module(
            "ESeal",
            ["Organisation", "Documents", "Extension", "Storage", "Cryptography", "Standards", arguments]),
        module(
            "Licences",
            [
                "ESeal", "Organisation", "Documents", "Extension", "Storage", "Cryptography", "Standards", arguments,
            ],
            resources: [.copy("Types/licence-types.csv")]),
        module(
            "Exchange",
            ["Catalogue", "Organisation", "Documents", "Extension", "Storage", "Cryptography", "Standards", arguments],
            resources: [.copy("Tables")]),
        module("Faces", ["Documents", "Extension", "Storage", "Cryptography", "Standards", arguments]),
        module(
            "Payment",
            [
                "Documents", "Extension", "Storage", "Cryptography", "Standards", arguments, nio, nioPosix, nioHTTP1,
            ]),
        module(
            "Hall", ["Messaging", "Organisation", "Extension", "Storage", "Cryptography", "Standards", arguments]),
        module("Wiring", services + ["Organisation", "Extension", "Storage", "Standards"]),
        module("PluginKit", services + ["Organisation", "Extension", "Storage", "Standards", arguments]),
        module("ThemeBundles", ["Casework", "Catalogue", "Extension", "Cryptography", "Standards", yams, arguments]),
        module(
            "ThemeEditing",
            ["ThemeBundles", "Catalogue", "Extension", "Storage", "Standards", yams]),
        module(
            "Kernel",
            [
                "PluginKit", "ThemeBundles", "ThemeEditing", "Wiring", "Storage", "Cryptography", yams, logging,
                lifecycle, arguments,
            ]),
        module(
            "HTTPService",
            ["Kernel", "PluginKit", hummingbird, httpTypes, nio, nioPosix, nioHTTPTypes, logging, lifecycle]),
        module(
            "Portal", ["HTTPService", "PluginKit", "ThemeBundles", "ThemeEditing", "Documents", mustache],
            resources: [.copy("Resources")]),
        module(
            "Console", ["Kernel", "PluginKit", "ThemeBundles", arguments, logging, lifecycle, signals]),

        // Plugins.
        module("AgeFriendly", in: "Plugins", ["PluginKit", arguments]),
        module("ZoneEmpowerment", in: "Plugins", ["PluginKit", arguments]),
        module("CertificateFree", in: "Plugins", ["PluginKit", arguments]),
        module("CrossRegion", in: "Plugins", ["PluginKit", arguments]),
        module(
            "StandardDistribution", in: "Plugins",
            ["PluginKit", "AgeFriendly", "CertificateFree", "CrossRegion", "ZoneEmpowerment"]),
        // The bundles lie in Plugins/Themes, beside the one Swift file: a new folder there needs no change here.
        .target(
            name: "StandardThemes", path: "Plugins",
            exclude: ["StandardDistribution", "AgeFriendly", "CertificateFree", "CrossRegion", "ZoneEmpowerment"],
            sources: ["StandardThemes"],
            resources: [.copy("Themes")]),

        // Apps. What both programs are made of lies in Composition, with the sample deployments beside it.
        .target(
            name: "Composition",
            dependencies: [
                "Console", "HTTPService", "Portal", "StandardDistribution", "StandardThemes", "Kernel", "PluginKit",
                logging, lifecycle,
            ],
            path: "Apps", exclude: ["yiciban", "yiciban-server"], sources: ["Composition"],
            resources: [.copy("Deployments")]),
        .executableTarget(name: "yiciban", dependencies: ["Composition", "Console"], path: "Apps/yiciban"),
        .executableTarget(
            name: "yiciban-server", dependencies: ["Composition", "Console"], path: "Apps/yiciban-server"),

        // The benchmark, run by `make bench`.
        .executableTarget(
            name: "yiciban-bench",
            dependencies: [
                "Composition", "Console", "HTTPService", "Portal", "StandardDistribution", "StandardThemes", "Kernel",
                "PluginKit", "Documents", "Standards", "Storage", "Cryptography", hummingbird, nio, logging, lifecycle,
                signals,
                arguments,
            ],
            path: "Tests/Bench"),

        // Tests.
        .target(name: "TestSupport", path: "Tests/TestSupport"),
        .target(
            name: "StorageTestSupport", dependencies: ["Storage", "Cryptography", "Standards"],
            path: "Tests/StorageTestSupport"),
        tests("ArchitectureTests", []),
        tests(
            "CaseworkTests",
            [
                "Casework", "Catalogue", "Cryptography", "Extension", "Messaging", "Standards", "StandardThemes",
                "Storage",
                "StorageTestSupport", "ThemeBundles",
            ]),
        tests(
            "CatalogueTests",
            [
                "Catalogue", "Organisation", "Documents", "StorageTestSupport", "Extension", "Storage", "Cryptography",
                "Standards",
            ]),
        tests(
            "FacesTests",
            ["Faces", "Documents", "StorageTestSupport", "Extension", "Storage", "Cryptography", "Standards"]),
        tests(
            "ExchangeTests",
            [
                "Exchange", "Catalogue", "Organisation", "Documents", "StorageTestSupport", "Extension", "Storage",
                "Cryptography", "Standards",
            ]),
        .target(name: "SamplePlugin", dependencies: ["PluginKit", arguments], path: "Tests/SamplePlugin"),
        tests("KernelTests", ["Kernel", "PluginKit", "SamplePlugin", "StorageTestSupport", arguments, logging]),
        tests(
            "AgeFriendlyTests",
            [
                "AgeFriendly", "Kernel", "PluginKit", "StandardThemes", "StorageTestSupport", "Cryptography", logging,
            ]),
        tests(
            "ZoneEmpowermentTests",
            ["ZoneEmpowerment", "Kernel", "PluginKit", "StorageTestSupport", "Cryptography", logging]),
        tests(
            "CertificateFreeTests",
            ["CertificateFree", "Kernel", "PluginKit", "StorageTestSupport", "Cryptography", "Documents", logging]),
        tests(
            "CrossRegionTests",
            ["CrossRegion", "Kernel", "PluginKit", "StorageTestSupport", "Cryptography", logging]),
        tests("HTTPServiceTests", ["HTTPService", "Kernel", "PluginKit", "StorageTestSupport", nio, logging]),
        tests("ExtensionTests", ["Extension"]),
        tests("StandardsTests", ["Standards"], resources: [.copy("Vectors")]),
        tests("CryptographyTests", ["Cryptography"]),
        tests("DocumentsTests", ["Documents"]),
        tests("StorageTests", ["Storage", "StorageTestSupport", "Cryptography", "Standards"]),
        tests(
            "OrganisationTests",
            ["Organisation", "StorageTestSupport", "Cryptography", "Extension", "Storage", "Standards"]),
        tests(
            "IdentityTests",
            [
                "Identity", "Messaging", "Organisation", "StorageTestSupport", "Extension", "Storage", "Cryptography",
                "Standards", arguments,
            ]),
        tests(
            "OpenIDTests",
            [
                "OpenID", "Identity", "Organisation", "StorageTestSupport", "Extension", "Storage", "Cryptography",
                "Standards",
            ]),
        tests(
            "MessagingTests",
            [
                "Messaging", "Cryptography", "Documents", "Organisation", "StorageTestSupport", "Extension", "Storage",
                "Standards",
            ]),
        tests(
            "LicencesTests",
            [
                "Licences", "ESeal", "Organisation", "StorageTestSupport", "Extension", "Storage", "Cryptography",
                "Standards", arguments,
            ]),
        tests(
            "ESealTests",
            [
                "ESeal", "Organisation", "Documents", "StorageTestSupport", "Extension", "Storage", "Cryptography",
                "Standards",
            ],
            resources: [.copy("Vectors")]),
        tests(
            "ConsoleTests",
            [
                "Console", "Composition", "Cryptography", "Kernel", "PluginKit", "SamplePlugin", "StandardDistribution",
                "StorageTestSupport", arguments, logging,
            ]),
        tests(
            "PaymentTests",
            ["Payment", "StorageTestSupport", "Extension", "Storage", "Cryptography", "Standards"]),
        tests(
            "HallTests",
            [
                "Hall", "Messaging", "Organisation", "StorageTestSupport", "Extension", "Storage", "Cryptography",
                "Standards",
            ]),
        tests(
            "PortalTests",
            ["Portal", "HTTPService", "ThemeBundles", "StandardThemes", "Casework", "Catalogue", "PluginKit"]),
        tests(
            "ThemeEditingTests",
            [
                "ThemeEditing", "ThemeBundles", "Catalogue", "Extension", "Standards", "StandardThemes", "Storage",
                "StorageTestSupport",
            ]),
        tests(
            "ThemeBundlesTests",
            ["ThemeBundles", "Casework", "Catalogue", "Extension", "Standards", "StandardThemes", arguments]),
    ],
    swiftLanguageModes: [.v6]
)

// The same compiler features everywhere, so that a target can't opt out by being forgotten.
for target in package.targets where target.type != .system {
    target.swiftSettings = [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .treatAllWarnings(as: .error),
    ]
}
